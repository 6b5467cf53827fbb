using System.Text.Json.Nodes;
using CsCheck;
using Json.Schema;

namespace KekeStar.Antifraud.Tests.Scoring.Loading;

/// <summary>The published schema and the loader say the same of everything that a schema can say.</summary>
public sealed class PolicySchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(RepositoryFiles.PathOf("docs/policy.schema.json")));

    [Fact]
    public void The_shipped_policy_obeys_the_schema() => Assert.True(Schema.Evaluate(TestPolicies.Document()).IsValid);

    [Fact]
    public void Whatever_breaks_the_schema_is_refused_by_the_loader_and_the_reverse()
    {
        JsonNode?[] values =
        [
            null, -1_001, -1_000, -1, 0, 1, 5, 1_000, 1_001, 1_440, 1_441, 0.5, true, false,
            string.Empty, "a", "A b", "all", "pass", "captcha", "bot", "LOGIN", "captcha.failed", new string('a', 64), new string('a', 65),
            new string('中', 200), new string('中', 201), new JsonObject(), new JsonArray(), new JsonArray("LOGIN", "LOGIN"),
            new JsonArray("LOGIN", "REGISTER"), new JsonArray(1),
        ];
        var both = 0;

        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 3], Gen.Int[0, values.Length - 1]).Sample(
            (place, action, chosen) =>
            {
                var document = Small();
                Change(document, place, action, values[chosen]?.DeepClone());
                var schemaTakes = Schema.Evaluate(document).IsValid;
                var errors = TestPolicies.Read(document).Errors;
                if (!schemaTakes)
                {
                    Assert.NotEmpty(errors);
                    Interlocked.Increment(ref both);
                }
                else if (errors.Count > 0)
                {
                    // What a schema cannot say: order of thresholds, jitter, caps, points, ids, expressions.
                    Assert.All(errors, error => Assert.Matches("(challenge|reject|id|when|points|width)$|^signal_caps\\.", error.Path));
                }
            },
            iter: 1_000,
            threads: 1);

        Assert.True(both > 100, "The changes hardly ever broke the schema.");
    }

    private static JsonObject Small()
    {
        var rule = TestPolicies.Rule("one", "captcha.failed", 5);
        rule["enabled"] = true;
        rule["shadow"] = false;
        return TestPolicies.With(rule);
    }

    private static void Change(JsonObject document, int place, int action, JsonNode? value)
    {
        var places = new List<(JsonObject Parent, string Name)>();
        Collect(document, places);
        var (parent, name) = places[place % places.Count];
        switch (action)
        {
            case 0:
                parent.Remove(name);
                break;
            case 1:
                parent[name + "_unknown"] = value;
                break;
            default:
                parent[name] = value;
                break;
        }
    }

    private static void Collect(JsonNode? node, List<(JsonObject Parent, string Name)> places)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Collect(item, places);
            }
        }
        else if (node is JsonObject parent)
        {
            foreach (var (name, child) in parent)
            {
                places.Add((parent, name));
                Collect(child, places);
            }
        }
    }
}
