using System.Text.Json.Nodes;
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
        var broken = 0;
        var places = Places(Small()).Count;
        for (var place = 0; place < places; place++)
        {
            Compare(place, (parent, name) => parent.Remove(name));
            foreach (var value in values)
            {
                Compare(place, (parent, name) => parent[name] = value?.DeepClone());
                Compare(place, (parent, name) => parent[name + "_unknown"] = value?.DeepClone());
            }
        }

        Assert.True(broken > 1_000, $"The changes broke the schema only {broken} times.");

        void Compare(int place, Action<JsonObject, string> change)
        {
            var document = Small();
            var (parent, name) = Places(document)[place];
            change(parent, name);
            var errors = TestPolicies.Read(document).Errors;
            if (!Schema.Evaluate(document).IsValid)
            {
                broken++;
                Assert.True(errors.Count != 0, $"The loader takes what the schema refuses: {document.ToJsonString()}");
            }
            else if (errors.Count > 0)
            {
                // What a schema cannot say: order of thresholds, jitter, caps, points, ids, expressions, which models there are.
                Assert.All(errors, error => Assert.Matches("(challenge|reject|id|when|points|width|model\\.hash)$|^signal_caps\\.", error.Path));
            }
        }
    }

    private static JsonObject Small()
    {
        var rule = TestPolicies.Rule("one", "captcha.failed", 5);
        rule["enabled"] = true;
        rule["shadow"] = false;
        return TestPolicies.With(rule);
    }

    private static List<(JsonObject Parent, string Name)> Places(JsonObject document)
    {
        var places = new List<(JsonObject Parent, string Name)>();
        Collect(document, places);
        return places;
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
