using System.Text.Json.Nodes;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

/// <summary>Models for tests: trees at random that speak the way their inputs may.</summary>
internal static class TestModels
{
    /// <summary>Inputs of every direction and of each kind of consent.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "device.accounts_1h", "device.accounts_24h", "ip.accounts_1h", "ip.devices_1h", "account.devices_24h", "identifier.accounts_24h",
        "sim.accounts_24h", "bssid.registrations_1h", "cohort.surge", "motion.synthetic", "software.risk_tools", "consistency.violations",
        "account.age_days", "account.known", "captcha.passed", "device.android", "vendor.score", "scene.register", "scene.login",
    ];

    /// <summary>A model at random.</summary>
    /// <param name="seed">The same seed gives the same model.</param>
    /// <param name="trees">Trees of each risk.</param>
    /// <param name="leaves">Most leaves of a tree.</param>
    public static ScoreModel Make(int seed, int trees = 12, int leaves = 12) => Load(Write(seed, trees, leaves));

    /// <summary>The file of <see cref="Make"/>.</summary>
    public static byte[] Write(int seed, int trees = 12, int leaves = 12)
    {
        var random = new Random(seed);
        var inputs = Names.Select(static name => new ModelInput(ModelInputs.Find(name)!.Value, [], [])).ToArray();
        return ModelWriter.Write(
            $"test {seed}",
            inputs,
            [.. Enumerable.Range(0, Risks.Count).Select(_ => new RiskModel(
                0.02,
                new CalibrationCurve([-2, -1, 0, 1, 2, 4], [0.001, 0.01, 0.05, 0.3, 0.8, 0.99]),
                [.. Enumerable.Range(0, trees).Select(_ => Tree(random, inputs, leaves, -0.3, 0.6))]))],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["seed"] = "test" });
    }

    /// <summary>Reads a file that must be right.</summary>
    public static ScoreModel Load(byte[] bytes)
    {
        var result = ModelLoader.Load(bytes);
        Assert.Empty(result.Errors);
        return result.Model!;
    }

    /// <summary>The file of a model as a document that a test may change.</summary>
    public static JsonObject Document() => JsonNode.Parse(Write(1, trees: 2, leaves: 4))!.AsObject();

    /// <summary>A policy of the shipped rules with this model.</summary>
    public static Policy In(ScoreModel model, int points = 500, ScoreModel? shadow = null)
    {
        var shipped = TestPolicies.Load(TestPolicies.Document());
        var scenes = new ScenePolicy?[Policy.SceneCount];
        for (var scene = 1; scene < Policy.SceneCount; scene++)
        {
            scenes[scene] = shipped.SceneOf((V1.Scene)scene);
        }

        return new Policy("test", new string('0', 64), scenes, [.. Enum.GetValues<SharedSignal>().Select(shipped.CapOf)], shipped.Rules.ToArray())
        {
            Model = new PolicyModel(model, points),
            Shadow = shadow is null ? null : new PolicyModel(shadow, points),
        };
    }

    /// <summary>A tree at random: below a split on an input that raises, the left side stays under a value and the right side above it.</summary>
    public static ModelTree Tree(Random random, IReadOnlyList<ModelInput> inputs, int leaves, double low, double high, Func<int, InputDirection>? direction = null)
    {
        direction ??= input => ModelInputs.Of(inputs[input].Number);
        var (asked, thresholds, left, right) = (new List<int>(), new List<float>(), new List<int>(), new List<int>());
        var (values, counts) = (new List<double>(), new List<int>());

        int Grow(int leavesLeft, double from, double to)
        {
            if (leavesLeft == 1)
            {
                values.Add(from + (random.NextDouble() * (to - from)));
                counts.Add(random.Next(1, 1_000));
                return -values.Count;
            }

            var at = asked.Count;
            var input = random.Next(inputs.Count);
            var number = inputs[input].Number;
            var maximum = ModelInputs.IsScene(number) ? 1 : FeatureCatalogue.At(number).Maximum;
            asked.Add(input);
            thresholds.Add((float)(random.Next(3) == 0 ? 0.5 : random.NextDouble() * Math.Min(maximum, 30)));
            left.Add(0);
            right.Add(0);
            var middle = from + (random.NextDouble() * (to - from));
            var leftLeaves = random.Next(1, leavesLeft);
            var (below, above) = direction(input) switch
            {
                InputDirection.Raises => ((from, middle), (middle, to)),
                InputDirection.Lowers => ((middle, to), (from, middle)),
                _ => ((from, to), (from, to)),
            };
            left[at] = Grow(leftLeaves, below.Item1, below.Item2);
            right[at] = Grow(leavesLeft - leftLeaves, above.Item1, above.Item2);
            return at;
        }

        Grow(random.Next(1, leaves + 1), low, high);
        return new ModelTree
        {
            Inputs = [.. asked],
            Thresholds = [.. thresholds],
            Left = [.. left],
            Right = [.. right],
            Values = [.. values],
            Counts = [.. counts],
        };
    }

    /// <summary>An event's features at random; some unknown.</summary>
    public static FeatureVector Vector(Random random, double unknown = 0.2)
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        foreach (var feature in FeatureCatalogue.All)
        {
            if (feature.AlwaysKnown || random.NextDouble() >= unknown)
            {
                var top = Math.Min(feature.Maximum, 40);
                var value = random.NextDouble() < 0.4 ? 0 : random.NextDouble() * (top + 1);
                vector.Set(feature.Index, feature.Unit == "ratio" ? Math.Min(value, feature.Maximum) : Math.Min(Math.Floor(value), feature.Maximum));
            }
        }

        return vector;
    }
}
