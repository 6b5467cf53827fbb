using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>
/// A decision made again by today's policy on the features that were known when it was made. What the lists said then, and how the store
/// answered, is taken as it was.
/// </summary>
internal sealed record Replay
{
    /// <summary>Version of today's policy.</summary>
    public required string Policy { get; init; }

    /// <summary>True if the very policy that decided is today's.</summary>
    public required bool IsSamePolicy { get; init; }

    /// <summary>The verdict now.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How it would be challenged now; Unspecified: not.</summary>
    public required ChallengeKind Challenge { get; init; }

    /// <summary>The score now.</summary>
    public required int Score { get; init; }

    /// <summary>The thresholds that the event meets now: review, challenge and reject as today's policy moves them for its entity.</summary>
    public required string Thresholds { get; init; }

    /// <summary>Rules that fire now, or fired then.</summary>
    public required IReadOnlyList<ReplayedRule> Rules { get; init; }

    /// <summary>Shadow rules that fire now.</summary>
    public required IReadOnlyList<string> ShadowRules { get; init; }

    /// <summary>Features that were kept and that this build no longer has; more than 0: the replay rests on less than the decision did.</summary>
    public required int GoneFeatures { get; init; }

    /// <summary>Decides again.</summary>
    /// <param name="detail">The decision.</param>
    /// <param name="policy">Today's policy.</param>
    /// <returns>What came of it; null: its features were erased, or this build does not know its scene.</returns>
    public static Replay? Of(DecisionDetail detail, Policy policy)
    {
        var row = detail.Row;
        var scene = ContractWords.SceneOf(row.Scene);
        if (detail.Features.Count == 0 || scene == Scene.Unspecified)
        {
            return null;
        }

        var (features, gone) = detail.ToVector();
        var decision = new EventDecision();
        row.Under(policy, features).Decide(features, decision);
        return new Replay
        {
            Policy = policy.Version,
            IsSamePolicy = policy.Hash.StartsWith(row.PolicyHash, StringComparison.Ordinal),
            Verdict = decision.Verdict,
            Challenge = decision.Challenge,
            Score = decision.Rules.Score,
            Thresholds = ThresholdsOf(policy, scene, decision.ThresholdShift),
            Rules = Compare(row, policy, decision.Rules),
            ShadowRules = [.. decision.Rules.Shadow.ToArray().Select(rule => policy.Rules[rule].Id)],
            GoneFeatures = gone,
        };
    }

    /// <summary>Review, challenge and reject of a scene, each moved by so much.</summary>
    public static string ThresholdsOf(Policy policy, Scene scene, int shift)
    {
        var thresholds = policy.SceneOf(scene);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{thresholds.Review + shift} · {thresholds.Challenge + shift} · {thresholds.Reject + shift}");
    }

    private static ReplayedRule[] Compare(DecisionRow row, Policy policy, RuleOutcome outcome)
    {
        // As the waterfall rounds, so that both cards show the same numbers.
        var derived = outcome.ByName(policy);
        var then = Waterfall.Of(row.Rules, row.Contributions).Steps.ToDictionary(static step => step.Rule, static step => step.Added, StringComparer.Ordinal);
        var now = Waterfall.Of([.. derived.Select(static rule => rule.Rule)], [.. derived.Select(static rule => rule.Points)]).Steps.ToDictionary(static step => step.Rule, static step => step.Added, StringComparer.Ordinal);
        return
        [
            .. then.Keys.Union(now.Keys, StringComparer.Ordinal)
                .Select(rule => new ReplayedRule(
                    rule,
                    then.TryGetValue(rule, out var before) ? before : null,
                    now.TryGetValue(rule, out var after) ? after : null))
                .OrderByDescending(static rule => Math.Max(Math.Abs(rule.Then ?? 0), Math.Abs(rule.Now ?? 0))),
        ];
    }
}

/// <summary>What a rule added then and adds now.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Then">Then; null: it did not fire.</param>
/// <param name="Now">Now; null: it does not fire, or there is none of that id.</param>
internal sealed record ReplayedRule(string Rule, decimal? Then, decimal? Now)
{
    /// <summary>True if it adds something else now.</summary>
    public bool IsChanged => Then != Now;
}
