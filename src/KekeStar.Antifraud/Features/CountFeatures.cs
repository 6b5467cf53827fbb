using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Features;

/// <summary>The features that count in windows: what each log says, at the places of its <see cref="FeatureGroup"/>.</summary>
internal static class CountFeatures
{
    private const int PerGroup = WindowMetrics.Count * WindowLengths.Count;

    private static readonly FeatureGroup[] GroupBySlot =
        [.. Enumerable.Range(0, EntitySlot.Count).Select(static slot => FeatureGroups.Of(EntitySlot.Kind(slot)))];

    /// <summary>Sets those of the logs that the store answered for; the others stay unknown.</summary>
    public static void Add(EventCounts counts, FeatureVector features)
    {
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            var log = counts[slot];
            if (!log.IsKnown)
            {
                continue;
            }

            var group = GroupBySlot[slot];
            Raise(group, log, features);
            if (FeatureGroups.IsIdentifier(group))
            {
                Raise(FeatureGroup.Identifier, log, features);
            }
        }
    }

    // Two SIM cards, two IMEIs and all identifiers together speak with the largest value among them. Counts and features lie in
    // the same order, metric by metric and window by window, so that one index does for both (FeatureBenchmarks).
    private static void Raise(FeatureGroup group, WindowCounts log, FeatureVector features)
    {
        var first = FeatureCatalogue.WindowFeature(group, WindowMetric.Events, WindowLength.OneMinute);
        var values = features.Values.AsSpan(first, PerGroup);
        var lowerBounds = features.LowerBounds.Slice(first, PerGroup);
        var counts = log.Counts;
        for (var metric = WindowMetric.Events; metric < WindowMetric.Regularity; metric++)
        {
            // An account's own log holds its networks in the account field.
            if (group == FeatureGroup.Account && metric is (WindowMetric.Accounts or WindowMetric.FailedAccounts))
            {
                continue;
            }

            for (var window = 0; window < WindowLengths.Count; window++)
            {
                var at = ((int)metric * WindowLengths.Count) + window;
                double value = counts[at];

                // True for an unknown value too.
                if (!(values[at] >= value))
                {
                    values[at] = value;
                    lowerBounds[at] = log.AtLeast(window);
                }
            }
        }

        for (var window = 0; window < WindowLengths.Count; window++)
        {
            var at = ((int)WindowMetric.Regularity * WindowLengths.Count) + window;
            var value = log.Regularity(window);
            if (double.IsNaN(values[at]) || value > values[at])
            {
                values[at] = value;
                lowerBounds[at] = log.AtLeast(window);
            }
        }
    }
}
