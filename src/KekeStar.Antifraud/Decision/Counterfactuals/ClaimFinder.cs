using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>
/// Finds how far each feature of a set must go at least, and tries every combination of values that is claimed: all whole numbers, and of
/// other values one on either side of every breakpoint, between which nothing changes.
/// </summary>
/// <param name="bench">Decides.</param>
internal sealed class ClaimFinder(TrialBench bench)
{
    private readonly TestPoints _points = new(bench);

    /// <summary>Finds the widest claim about a set of features.</summary>
    /// <param name="set">The features; at their harmless ends they lead to the verdict.</param>
    /// <param name="verdict">The verdict.</param>
    /// <returns>The claim; null: none holds for all values that it would speak of.</returns>
    public Counterfactual? Find(Candidate[] set, Verdict verdict)
    {
        // Whole numbers first: the breakpoints of the others depend on them.
        set = [.. set.OrderByDescending(static candidate => candidate.IsWhole)];
        var bounds = Array.ConvertAll(set, static candidate => candidate.Target);
        for (var place = 0; place < set.Length; place++)
        {
            if (set[place].IsWhole || !IsJoined(set, place))
            {
                bounds[place] = Furthest(set, bounds, place, verdict);
            }
        }

        // Where there are too many values to try them all, fewer are claimed; at last the harmless ends alone.
        var most = Math.Floor(Math.Pow(CounterfactualLimits.MaxCombinations + 0.5, 1.0 / set.Length)) - 1;
        double[][] claims =
        [
            bounds,
            [.. set.Select((candidate, place) => candidate.IsWhole && candidate.IsLowered ? Math.Max(candidate.Target, Math.Min(bounds[place], most)) : bounds[place])],
            Array.ConvertAll(set, static candidate => candidate.Target),
        ];
        var held = Array.Find(claims, claim => Holds(set, claim, verdict));
        return held is null ? null : new Counterfactual(verdict, [.. set.Select((candidate, place) => candidate.At(held[place]))]);
    }

    // Two that are no whole numbers in one comparison: the breakpoints of the one move with the other.
    private bool IsJoined(Candidate[] set, int place) => Array.Exists(set, other =>
        other != set[place] && !other.IsWhole && _points.IsJoined(set[place].Feature.Index, other.Feature.Index));

    private double Furthest(Candidate[] set, double[] bounds, int place, Verdict verdict)
    {
        var changes = Changes(set, bounds);
        bench.Passes(changes, verdict);
        var furthest = set[place].Target;
        foreach (var point in _points.Of(set[place], set[place].Value, bench.Features.Values) ?? [])
        {
            changes[place].Value = point;
            if (!bench.Passes(changes, verdict))
            {
                break;
            }

            furthest = set[place].IsLowered ? Math.Max(furthest, point) : Math.Min(furthest, point);
        }

        return set[place].IsWhole ? furthest : Rounded(set[place], furthest);
    }

    // Towards the harmless end, so that it stays within what was tried.
    private static double Rounded(Candidate candidate, double bound)
    {
        var scale = Math.Pow(10, CounterfactualLimits.Digits);
        return candidate.IsLowered
            ? Math.Max(candidate.Target, Math.Floor(bound * scale) / scale)
            : Math.Min(candidate.Target, Math.Ceiling(bound * scale) / scale);
    }

    private bool Holds(Candidate[] set, double[] bounds, Verdict verdict)
    {
        var left = CounterfactualLimits.MaxCombinations;
        return Holds(set, bounds, Changes(set, bounds), 0, verdict, ref left);
    }

    private bool Holds(Candidate[] set, double[] bounds, (int Feature, double Value)[] changes, int place, Verdict verdict, ref int left)
    {
        if (place == set.Length)
        {
            return left-- > 0 && bench.Passes(changes, verdict);
        }

        // The others' values of now decide where the breakpoints lie.
        PossibleFeatures.Apply(bench.Decided.Features, changes, bench.Features);
        if (_points.Of(set[place], bounds[place], bench.Features.Values) is not { } points)
        {
            return false;
        }

        foreach (var point in points)
        {
            changes[place].Value = point;
            if (!Holds(set, bounds, changes, place + 1, verdict, ref left))
            {
                return false;
            }
        }

        return true;
    }

    private static (int Feature, double Value)[] Changes(Candidate[] set, double[] values) =>
        [.. set.Select((candidate, place) => (candidate.Feature.Index, values[place]))];
}
