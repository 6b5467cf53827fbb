namespace KekeStar.Antifraud.Scoring.Lists;

/// <summary>The bounds of the lists, each with its reason.</summary>
internal static class ListLimits
{
    /// <summary>Longest life of an entry, and of the journal after its last line: 90 days, the contract's retention.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(90);

    /// <summary>Most entries that hold at once: 100,000, about 10 MB of memory and 3 MB of journal.</summary>
    public const int MaxEntries = 100_000;
}
