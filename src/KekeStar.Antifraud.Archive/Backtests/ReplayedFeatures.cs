namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>How the features of a replayed event were come by.</summary>
internal enum ReplayedFeatures
{
    /// <summary>Those of windows were counted anew.</summary>
    Rebuilt,

    /// <summary>As recorded: the service had no full answer of its store, and what it knew cannot be told from the windows.</summary>
    AsRecorded,

    /// <summary>They were erased; the event counts in the windows of what is left of its entities.</summary>
    Erased,
}
