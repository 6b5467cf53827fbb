namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>What came of a replay.</summary>
/// <param name="Actors">Verdicts by segment and adversary: the honest first, each in the order of their names.</param>
/// <param name="Reports">Outcomes reported.</param>
/// <param name="Withheld">Outcomes that were none under the verdict that was given: a captcha that nobody asked for, a login that was rejected.</param>
/// <param name="Forgotten">Outcomes that came when their event was no longer known.</param>
internal sealed record ReplayResult(IReadOnlyList<ActorVerdicts> Actors, long Reports, long Withheld, long Forgotten)
{
    /// <summary>Number of decisions.</summary>
    internal long Decisions => Actors.Sum(static actor => actor.Events);
}
