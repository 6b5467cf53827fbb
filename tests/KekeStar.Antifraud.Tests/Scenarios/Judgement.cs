using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>One answer of the service, and whom it was about.</summary>
/// <param name="Group">The crowd or attack.</param>
/// <param name="Scene">What was asked.</param>
/// <param name="Time">Simulated time.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Score">Its score.</param>
/// <param name="Rules">Rules that raised it.</param>
internal readonly record struct Judgement(string Group, Scene Scene, DateTimeOffset Time, Verdict Verdict, uint Score, IReadOnlyList<string> Rules)
{
    /// <summary>The mildest verdict at the thresholds that the keys might have given the event.</summary>
    internal required Verdict Mildest { get; init; }

    /// <summary>The harshest.</summary>
    internal required Verdict Harshest { get; init; }

    /// <summary>True if the answer holds somebody up: CHALLENGE or REJECT.</summary>
    internal bool IsStopped => Verdict >= Verdict.Challenge;

    /// <summary>Mildest and harshest verdict of a decision, whatever the keys.</summary>
    internal static (Verdict Mildest, Verdict Harshest) BoundsOf(Scene scene, EventDecision decision)
    {
        var (thresholds, reach) = (decision.Policy.SceneOf(scene), decision.Policy.Jitter.Reach);

        // A challenge passed before, which may spare the event this one, only widens the bounds.
        return (
            decision.IsStepUpExempt ? decision.Verdict : thresholds.VerdictFor(decision.Rules.Score, reach),
            thresholds.VerdictFor(decision.Rules.Score, -reach));
    }
}
