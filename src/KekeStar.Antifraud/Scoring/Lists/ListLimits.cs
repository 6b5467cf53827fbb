namespace KekeStar.Antifraud.Scoring.Lists;

/// <summary>The bounds of the lists, each with its reason.</summary>
internal static class ListLimits
{
    /// <summary>Longest life of an entry, and of the journal after its last line: 90 days, the contract's retention.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(90);

    /// <summary>How often the journal is read for changes of other instances: 1 s, as the contract says.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long one call to the store may take: 500 ms; nobody waits for it but the lists.</summary>
    public static readonly TimeSpan StoreTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Most entries that hold at once: 100,000, about 10 MB of memory and 3 MB of journal.</summary>
    public const int MaxEntries = 100_000;

    /// <summary>A journal of fewer lines is never rewritten: 64, for which no reader notices the dead ones.</summary>
    public const int CompactionMinimum = 64;
}
