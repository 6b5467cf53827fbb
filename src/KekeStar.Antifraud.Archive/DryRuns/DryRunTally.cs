using System.Runtime.InteropServices;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.DryRuns;

/// <summary>Decides recorded decisions anew, by the code that decides events, and counts what comes out. Not thread safe.</summary>
/// <param name="draft">The policy to try.</param>
/// <param name="inForce">The policy in force.</param>
internal sealed class DryRunTally(Policy draft, Policy inForce)
{
    private readonly FeatureVector _features = new(FeatureCatalogue.Count);
    private readonly EventDecision _decision = new();
    private readonly Dictionary<(Scene Scene, Verdict Then, Verdict Now), int> _changes = [];
    private readonly Dictionary<string, int[]> _rules = new(StringComparer.Ordinal);
    private readonly List<ChangedDecision> _examples = [];
    private int _decisions;
    private int _withoutFeatures;
    private int _underOthers;
    private DateTimeOffset? _oldest;

    /// <summary>Rows that were looked at.</summary>
    public int Rows => _decisions + _withoutFeatures;

    /// <summary>Decides one anew.</summary>
    public void Add(RecordedDecision recorded)
    {
        var row = recorded.Row;
        _oldest = row.Time;
        if (!recorded.Reader.TryRead(recorded.Blob.Span, _features))
        {
            _withoutFeatures++;
            return;
        }

        var scene = ContractWords.SceneOf(row.Scene);
        var then = ContractWords.VerdictOf(row.Verdict);
        row.Under(draft, _features).Decide(_features, _decision);
        var now = _decision.Verdict;
        _decisions++;
        _underOthers += inForce.Hash.StartsWith(row.PolicyHash, StringComparison.Ordinal) ? 0 : 1;
        CollectionsMarshal.GetValueRefOrAddDefault(_changes, (scene, then, now), out _)++;
        CountRules(row);
        if (then != now && _examples.Count(example => example.Then == then && example.Now == now) < ArchiveLimits.DryRunExamples)
        {
            _examples.Add(new ChangedDecision(row.Decision, row.Time, scene, then, now, row.Score, _decision.Rules.Score));
        }
    }

    /// <summary>What was found until now.</summary>
    public DryRunReport Report(DryRunState state) => new()
    {
        State = state,
        Decisions = _decisions,
        WithoutFeatures = _withoutFeatures,
        UnderOtherPolicies = _underOthers,
        Oldest = _oldest,
        Changes =
        [
            .. _changes
                .OrderBy(static change => change.Key)
                .Select(static change => new VerdictChange(change.Key.Scene, change.Key.Then, change.Key.Now, change.Value)),
        ],
        Rules =
        [
            .. _rules
                .Select(static rule => new RuleChange(rule.Key, rule.Value[0], rule.Value[1], rule.Value[2], rule.Value[3]))
                .OrderByDescending(static rule => Math.Abs(rule.Now - rule.Then) + Math.Abs(rule.ShadowNow - rule.ShadowThen))
                .ThenByDescending(static rule => rule.Then)
                .ThenBy(static rule => rule.Rule, StringComparer.Ordinal),
        ],
        Examples = [.. _examples],
    };

    private void CountRules(DecisionRow row)
    {
        foreach (var rule in row.Rules)
        {
            Hits(rule)[0]++;
        }

        foreach (var rule in row.ShadowRules)
        {
            Hits(rule)[2]++;
        }

        var rules = draft.Rules;
        foreach (var (rule, _) in _decision.Rules.ByName(draft))
        {
            Hits(rule)[1]++;
        }

        foreach (var rule in _decision.Rules.Shadow)
        {
            Hits(rules[rule].Id)[3]++;
        }
    }

    private int[] Hits(string rule)
    {
        if (!_rules.TryGetValue(rule, out var hits))
        {
            _rules.Add(rule, hits = new int[4]);
        }

        return hits;
    }
}
