using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>
/// Changes features so that the others stay possible beside them, where that is plain: a shorter window holds no more than a longer one, there
/// are no more registrations, accounts or devices than attempts and no more failed accounts than failures, no identifier has more than the
/// largest value over all of them, and too few attempts have no regularity. Nothing else follows a change.
/// </summary>
internal static class PossibleFeatures
{
    private const int OfGroup = WindowMetrics.Count * WindowLengths.Count;

    /// <summary>Makes a vector of another one and changes.</summary>
    /// <param name="source">The vector; left as it is.</param>
    /// <param name="changes">Features by index, with their new values.</param>
    /// <param name="destination">Receives the vector.</param>
    public static void Apply(FeatureVector source, ReadOnlySpan<(int Feature, double Value)> changes, FeatureVector destination)
    {
        source.Values.CopyTo(destination.Values, 0);
        source.LowerBounds.CopyTo(destination.LowerBounds);
        foreach (var (feature, value) in changes)
        {
            destination.Set(feature, value);
        }

        // Twice: what one change lowers may be what another one rests on.
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var (feature, _) in changes)
            {
                if (feature < WindowedFeatures.Count)
                {
                    Follow(destination, feature);
                }
            }
        }
    }

    private static void Follow(FeatureVector features, int feature)
    {
        var value = features.Values[feature];
        var group = feature / OfGroup;
        var metric = (WindowMetric)(feature % OfGroup / WindowLengths.Count);
        var window = (WindowLength)(feature % WindowLengths.Count);
        if (metric == WindowMetric.Regularity)
        {
            return;
        }

        for (var shorter = WindowLength.OneMinute; shorter <= window; shorter++)
        {
            Lower(features, group, metric, shorter, value);
            switch (metric)
            {
                case WindowMetric.Events:
                    Lower(features, group, WindowMetric.Registrations, shorter, value);
                    Lower(features, group, WindowMetric.Accounts, shorter, value);
                    Lower(features, group, WindowMetric.Devices, shorter, value);
                    if (value < WindowMetrics.RegularityAttempts)
                    {
                        features.Set(IndexOf(group, WindowMetric.Regularity, shorter), double.NaN);
                    }

                    break;
                case WindowMetric.Failures:
                    Lower(features, group, WindowMetric.FailedAccounts, shorter, value);
                    break;
            }
        }

        for (var member = 0; (FeatureGroup)group == FeatureGroup.Identifier && member < FeatureGroups.Count; member++)
        {
            if (FeatureGroups.IsIdentifier((FeatureGroup)member))
            {
                Lower(features, member, metric, window, value);
                Follow(features, IndexOf(member, metric, window));
            }
        }
    }

    // Comparisons with what is not known are false, so that it stays unknown.
    private static void Lower(FeatureVector features, int group, WindowMetric metric, WindowLength window, double most)
    {
        var index = IndexOf(group, metric, window);
        if (features.Values[index] > most)
        {
            features.Set(index, most);
        }
    }

    private static int IndexOf(int group, WindowMetric metric, WindowLength window) => WindowedFeatures.Index((FeatureGroup)group, metric, window);
}
