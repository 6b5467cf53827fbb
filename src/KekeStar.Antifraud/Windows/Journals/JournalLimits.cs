namespace KekeStar.Antifraud.Windows.Journals;

/// <summary>The bounds of the journals, each with its reason.</summary>
internal static class JournalLimits
{
    /// <summary>A journal of fewer lines is never rewritten: 64, for which no reader notices the dead ones.</summary>
    public const int CompactionMinimum = 64;

    /// <summary>How often the journal is read for changes of other instances: 1 s.</summary>
    public static TimeSpan RefreshInterval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a journal that does not grow is searched for lines that have expired: once in a minute.</summary>
    public static TimeSpan CountInterval { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a journal is rewritten for a single dead line, so that none stays for long: once in an hour.</summary>
    public static TimeSpan SweepInterval { get; } = TimeSpan.FromHours(1);

    /// <summary>How long one call to the store may take: 500 ms; no event waits for it.</summary>
    public static TimeSpan StoreTimeout { get; } = TimeSpan.FromMilliseconds(500);
}
