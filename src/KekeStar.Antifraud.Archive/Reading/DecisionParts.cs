namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>How much is read of each decision.</summary>
internal enum DecisionParts
{
    /// <summary>All columns.</summary>
    All,

    /// <summary>
    /// What a line of a list shows: time, decision, scene, verdict, score, store, labels, rules, contributions, account and device; the
    /// others are empty, and the event's time is the decision's. Half the work where each row lies in a group of its own.
    /// </summary>
    Line,
}
