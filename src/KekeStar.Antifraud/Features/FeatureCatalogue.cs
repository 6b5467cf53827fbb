using System.Collections.Frozen;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Features;

/// <summary>
/// All features: first the counts in windows, by arithmetic, then the single ones. Policy, model, reasons, dashboard
/// and documents speak in their names.
/// </summary>
internal static class FeatureCatalogue
{
    private static readonly Feature[] Features = Build();

    private static readonly FrozenDictionary<string, Feature> ByName =
        Features.ToFrozenDictionary(static feature => feature.Name, StringComparer.Ordinal);

    /// <summary>Number of features; the length of a <see cref="FeatureVector"/>.</summary>
    public const int Count = WindowedFeatures.Count + SingleFeatures.Count;

    /// <summary>All features in the order of their index.</summary>
    public static ReadOnlySpan<Feature> All => Features;

    /// <summary>The feature with an index of 0 … <see cref="Count"/> − 1.</summary>
    public static Feature At(int index) => Features[index];

    /// <summary>The feature with a name, or null.</summary>
    public static Feature? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Index of a count in a window.</summary>
    internal static int WindowFeature(FeatureGroup group, WindowMetric metric, WindowLength window) =>
        WindowedFeatures.Index(group, metric, window);

    /// <summary>Index of a feature that is not a count in a window.</summary>
    internal static int Index(SingleFeature feature) => WindowedFeatures.Count + (int)feature;

    private static Feature[] Build()
    {
        var all = new List<Feature>(Count);
        foreach (var group in Enum.GetValues<FeatureGroup>())
        {
            foreach (var metric in Enum.GetValues<WindowMetric>())
            {
                foreach (var window in Enum.GetValues<WindowLength>())
                {
                    all.Add(WindowedFeatures.Describe(group, metric, window));
                }
            }
        }

        all.AddRange(SingleFeatures.Describe(all.Count));
        return [.. all];
    }
}
