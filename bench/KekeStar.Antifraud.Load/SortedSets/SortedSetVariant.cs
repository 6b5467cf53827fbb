namespace KekeStar.Antifraud.Load.SortedSets;

/// <summary>How much the script of the sorted-set design does for an event.</summary>
internal enum SortedSetVariant
{
    /// <summary>
    /// What answers the questions that the service answers: for each entity a set of events, one of accounts and one of
    /// devices, cut at 7 days, each counted in five windows.
    /// </summary>
    Full,

    /// <summary>
    /// What the design's first figures were measured with: for each entity one set of events, three counts and an expiry. It
    /// knows of no distinct accounts or devices, and never cuts a set.
    /// </summary>
    Lean,
}
