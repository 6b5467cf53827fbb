using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>
/// Looks for the fewest features that would have led to a milder verdict: to the mildest that the list and the state of the store leave, or to
/// the mildest that can be reached. Sets of one feature come first, then of two, and so on; each is put to its harmless end, and where that
/// does it, <see cref="ClaimFinder"/> looks how far it must go.
/// </summary>
internal sealed class CounterfactualSearch
{
    // As many claims are made of as many sets; the best of them are given.
    private const int MaxSets = 2 * CounterfactualLimits.MaxWays;

    private readonly TrialBench _bench;
    private readonly IReadOnlyList<Candidate> _candidates;
    private readonly ClaimFinder _claims;

    private CounterfactualSearch(DecidedEvent decided, EventDecision decision)
    {
        _bench = new TrialBench(decided);
        _candidates = Candidate.Collect(decided, decision);
        _claims = new ClaimFinder(_bench);
    }

    /// <summary>Looks for them.</summary>
    /// <param name="decided">The event.</param>
    public static CounterfactualAnswer Run(DecidedEvent decided)
    {
        var decision = new EventDecision();
        decided.Decide(decided.Features, decision);
        var floor = Decider.FloorOf(decided.Policy.SceneOf(decided.Scene), decided.List, decided.Store);
        if (decision.Verdict == Verdict.Pass)
        {
            return None(CounterfactualOutcome.Passed);
        }

        if (decided.List == ListKind.Deny)
        {
            return None(CounterfactualOutcome.Listed);
        }

        if (decision.Verdict <= floor)
        {
            return None(CounterfactualOutcome.Held);
        }

        var search = new CounterfactualSearch(decided, decision);
        for (var verdict = floor; verdict < decision.Verdict; verdict++)
        {
            if (search.Look(verdict) is { Count: > 0 } ways)
            {
                return new CounterfactualAnswer(CounterfactualOutcome.Found, ways);
            }
        }

        return None(CounterfactualOutcome.NotFound);
    }

    private static CounterfactualAnswer None(CounterfactualOutcome outcome) => new(outcome, []);

    private List<Counterfactual> Look(Verdict verdict)
    {
        // Where even all together are not enough, three or four of them hardly are; one or two may be, if the others' reliefs go.
        var most = _bench.Passes([.. _candidates.Select(static candidate => (candidate.Feature.Index, candidate.Target))], verdict)
            ? CounterfactualLimits.MaxFeatures
            : 2;
        for (var size = 1; size <= Math.Min(most, _candidates.Count); size++)
        {
            var ways = Sets(size, verdict)
                .Take(MaxSets)
                .Select(set => _claims.Find(set, verdict))
                .OfType<Counterfactual>()
                .OrderBy(static way => way.Effort)
                .Take(CounterfactualLimits.MaxWays)
                .ToList();
            if (ways.Count > 0)
            {
                return ways;
            }
        }

        return [];
    }

    // All sets of a size whose harmless ends do it, in the order of the candidates.
    private IEnumerable<Candidate[]> Sets(int size, Verdict verdict)
    {
        var places = Enumerable.Range(0, size).ToArray();
        while (!_bench.IsExhausted)
        {
            if (_bench.Passes([.. places.Select(place => (_candidates[place].Feature.Index, _candidates[place].Target))], verdict))
            {
                yield return [.. places.Select(place => _candidates[place])];
            }

            var moved = size - 1;
            while (moved >= 0 && places[moved] == _candidates.Count - size + moved)
            {
                moved--;
            }

            if (moved < 0)
            {
                yield break;
            }

            places[moved]++;
            for (var behind = moved + 1; behind < size; behind++)
            {
                places[behind] = places[behind - 1] + 1;
            }
        }
    }
}
