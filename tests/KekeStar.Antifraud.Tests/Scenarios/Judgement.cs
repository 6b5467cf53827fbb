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
    /// <summary>True if the answer holds somebody up: CHALLENGE or REJECT.</summary>
    internal bool IsStopped => Verdict >= Verdict.Challenge;
}
