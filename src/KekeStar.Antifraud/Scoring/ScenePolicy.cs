using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring;

/// <summary>What a policy says of one scene. Thresholds are scores: 0 &lt; review &lt; challenge &lt; reject ≤ 1000.</summary>
/// <param name="Review">Least score for REVIEW.</param>
/// <param name="Challenge">Least score for CHALLENGE.</param>
/// <param name="Reject">Least score for REJECT.</param>
/// <param name="DegradedFloor">Mildest verdict of an answer that rests on less than it should.</param>
/// <param name="StepUpExemption">How long a passed challenge spares the account on its device a further one; zero: not at all.</param>
internal sealed record ScenePolicy(
    int Review,
    int Challenge,
    int Reject,
    Verdict DegradedFloor,
    TimeSpan StepUpExemption)
{
    /// <summary>The challenge by leading risk, in the order of <see cref="Risk"/>.</summary>
    public required IReadOnlyList<ChallengeKind> ChallengeKinds { get; init; }

    /// <summary>The verdict that the thresholds give for a score.</summary>
    /// <param name="score">The score, 0 … 1000.</param>
    /// <param name="shift">How far they are moved: <see cref="ThresholdJitter.ShiftOf"/>.</param>
    public Verdict VerdictFor(int score, int shift) =>
        score >= Reject + shift ? Verdict.Reject
        : score >= Challenge + shift ? Verdict.Challenge
        : score >= Review + shift ? Verdict.Review
        : Verdict.Pass;

    /// <summary>How to challenge when a risk leads.</summary>
    public ChallengeKind ChallengeFor(Risk leading) => ChallengeKinds[(int)leading];
}
