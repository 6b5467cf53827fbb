using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>
/// The values of a feature that stand for all others of a range: both ends, and every breakpoint of the scene's rules and of the model's trees
/// with a value close by on either side; of counts that other features follow, or that conditions compare with other features, every whole number.
/// </summary>
/// <param name="bench">Names policy and scene.</param>
internal sealed class TestPoints(TrialBench bench)
{
    // Wider than what rounding moves a breakpoint, and narrower than the last digit of a bound.
    private const double Close = 1e-9;

    private readonly PolicyRule[] _rules =
        [.. bench.Decided.Policy.Rules.ToArray().Where(rule => rule.IsEnabled && !rule.IsShadow && (rule.Scenes & (1 << (int)bench.Decided.Scene)) != 0)];

    // By feature, as they are asked for again and again.
    private readonly Dictionary<int, double[]> _thresholds = [];

    /// <summary>The values from the harmless end to a bound.</summary>
    /// <param name="candidate">The feature.</param>
    /// <param name="bound">The bound; it is the last one.</param>
    /// <param name="values">All features, as they are beside it.</param>
    /// <returns>The values; null: which they are cannot be told, and nothing can be claimed but single values.</returns>
    public IReadOnlyList<double>? Of(Candidate candidate, double bound, double[] values)
    {
        var end = candidate.At(bound).End;
        var (low, high) = (Math.Min(end, bound), Math.Max(end, bound));
        var points = new SortedSet<double> { low, high };
        var breaks = IsCounted(candidate) ? null : Breaks(candidate.Feature.Index, values);
        if (breaks is null && !candidate.IsWhole)
        {
            return null;
        }

        IEnumerable<double> inside = (breaks, candidate.IsWhole) switch
        {
            (null, _) => Enumerable.Range(0, (int)(high - low)).Select(step => low + step),
            (_, true) => breaks.SelectMany(static value => (double[])[Math.Floor(value) - 1, Math.Floor(value), Math.Ceiling(value), Math.Ceiling(value) + 1]),
            _ => breaks.SelectMany(static value => (double[])[value - Near(value), value, value + Near(value)]),
        };
        points.UnionWith(inside.Where(value => value > low && value < high));
        return candidate.IsLowered ? [.. points] : [.. points.Reverse()];
    }

    /// <summary>True if some comparison reads both features.</summary>
    public bool IsJoined(int feature, int other) => Array.Exists(_rules, rule => Breakpoints.IsJoined(rule.Condition.Body, feature, other));

    // Lowering one lowers others (PossibleFeatures), so that its own breakpoints are not all there are.
    private bool IsCounted(Candidate candidate) => candidate.IsWhole
        && (candidate.Feature.Index < WindowedFeatures.Count
            || Array.Exists(_rules, rule => rule.Features.Contains(candidate.Feature.Index) && !Breakpoints.IsAlone(rule.Condition.Body, candidate.Feature.Index)));

    private static double Near(double value) => Close * Math.Max(1, Math.Abs(value));

    private List<double>? Breaks(int feature, double[] values)
    {
        var found = new List<double>();
        foreach (var rule in _rules)
        {
            if (rule.Features.Contains(feature) && !Breakpoints.TryAdd(rule.Condition.Body, feature, values, found))
            {
                return null;
            }
        }

        found.AddRange(Thresholds(feature));
        return found;
    }

    // A model reads single precision: what rounds to the threshold still goes left.
    private double[] Thresholds(int feature)
    {
        if (!_thresholds.TryGetValue(feature, out var thresholds))
        {
            var model = bench.Decided.Policy.Model?.Model;
            var place = model?.Inputs.ToList().FindIndex(input => input.Number == feature) ?? -1;
            thresholds = place < 0 ? [] :
            [
                .. model!.ByRisk
                    .SelectMany(static risk => risk.Trees)
                    .SelectMany(tree => tree.Thresholds.Where((_, node) => tree.Inputs[node] == place))
                    .Distinct()
                    .SelectMany(static threshold => (double[])[threshold, float.BitIncrement(threshold)]),
            ];
            _thresholds.Add(feature, thresholds);
        }

        return thresholds;
    }
}
