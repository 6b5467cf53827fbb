using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>
/// The shipped policy with its rules replaced by any number of others, each of two comparisons on
/// windowed features. About one in twenty fires on a burst of registrations.
/// </summary>
internal sealed class SyntheticPolicy
{
    private const int UsualThreshold = 100;
    private const int LowThreshold = 3;

    public SyntheticPolicy(int rules)
    {
        var result = PolicyLoader.Load(Text(rules, "REGISTER"));
        Policy = result.Policy ?? throw new InvalidOperationException(string.Join(Environment.NewLine, result.Errors));
        Lambdas = [.. Policy.Rules.ToArray().Select(static rule => LambdaRule.Of(rule, First(rule.Index), Second(rule.Index), Threshold(rule.Index)))];
    }

    public Policy Policy { get; }

    public LambdaRule[] Lambdas { get; }

    /// <summary>The policy file.</summary>
    /// <param name="rules">Number of rules.</param>
    /// <param name="scenes">The scenes that they hold for.</param>
    public static byte[] Text(int rules, params string[] scenes)
    {
        var document = JsonNode.Parse(DefaultPolicy.ReadBytes())!.AsObject();
        document["rules"] = new JsonArray([.. Enumerable.Range(0, rules).Select(index => Rule(index, scenes))]);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static JsonObject Rule(int index, string[] scenes) => new JsonObject
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"rule_{index}"),
        ["risk"] = "batch_registration",
        ["scenes"] = new JsonArray([.. scenes]),
        ["when"] = string.Create(CultureInfo.InvariantCulture, $"{First(index).Name} >= {Threshold(index)} && {Second(index).Name} >= 1"),
        ["weight"] = 1,
        ["label"] = "synthetic",
        ["reason"] = new JsonObject { ["en"] = "Synthetic", ["zh"] = "合成" },
    };

    private static Feature First(int index) => At(FeatureGroup.Device, WindowMetric.Events, index);

    private static Feature Second(int index) => At(FeatureGroup.Ip, WindowMetric.Registrations, index / WindowLengths.Count);

    private static int Threshold(int index) => (index % 20 == 0 ? LowThreshold : UsualThreshold) + (index % 7);

    private static Feature At(FeatureGroup group, WindowMetric metric, int index) =>
        FeatureCatalogue.At(FeatureCatalogue.WindowFeature(group, metric, (WindowLength)(index % WindowLengths.Count)));
}
