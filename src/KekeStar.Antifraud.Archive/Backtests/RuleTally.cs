using System.Runtime.InteropServices;
using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>Counts what rules fired for.</summary>
internal sealed class RuleTally
{
    private readonly Dictionary<string, Hits> _rules = new(StringComparer.Ordinal);
    private long _fraud;

    /// <summary>Counts a decision.</summary>
    /// <param name="recorded">It, as it was recorded.</param>
    /// <param name="policy">The policy that is tried.</param>
    /// <param name="outcome">What its rules say; null: nothing could be decided anew.</param>
    /// <param name="truth">What is known of its event; null: nothing.</param>
    public void Add(ArchivedDecision recorded, Policy policy, RuleOutcome outcome, Truth? truth)
    {
        _fraud += truth is { IsFraud: true } ? 1 : 0;
        foreach (var rule in recorded.Rules)
        {
            Of(rule).Then++;
        }

        foreach (var rule in recorded.ShadowRules)
        {
            Of(rule).Then++;
        }

        var rules = policy.Rules;
        foreach (var (rule, _) in outcome.ByName(policy))
        {
            Count(ref Of(rule), truth);
        }

        foreach (var rule in outcome.Shadow)
        {
            ref var hits = ref Of(rules[rule].Id);
            hits.ShadowNow++;
            Count(ref hits, truth);
        }
    }

    /// <summary>What was counted, the largest difference first.</summary>
    public IReadOnlyList<RuleReport> Report() =>
    [
        .. _rules
            .Select(rule => new RuleReport(
                rule.Key,
                rule.Value.Then,
                rule.Value.Now,
                rule.Value.ShadowNow,
                Precision: new Share(rule.Value.Fraud, rule.Value.Fraud + rule.Value.Benign),
                Recall: new Share(rule.Value.Fraud, _fraud)))
            .OrderByDescending(static rule => Math.Abs(rule.Now - rule.Then))
            .ThenByDescending(static rule => rule.Now)
            .ThenBy(static rule => rule.Rule, StringComparer.Ordinal),
    ];

    private static void Count(ref Hits hits, Truth? truth)
    {
        hits.Now++;
        if (truth is { } known)
        {
            hits.Fraud += known.IsFraud ? 1 : 0;
            hits.Benign += known.IsFraud ? 0 : 1;
        }
    }

    private ref Hits Of(string rule) => ref CollectionsMarshal.GetValueRefOrAddDefault(_rules, rule, out _);

    [StructLayout(LayoutKind.Auto)]
    private struct Hits
    {
        public long Then;
        public long Now;
        public long ShadowNow;
        public long Fraud;
        public long Benign;
    }
}
