namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>When a report of a file is one: a file is written before anybody has answered its events.</summary>
internal enum OutcomeCondition
{
    /// <summary>Always.</summary>
    None = 0,

    /// <summary>If the event was answered with CHALLENGE.</summary>
    Challenged = 1,

    /// <summary>Unless the event was answered with REJECT.</summary>
    NotRejected = 2,
}
