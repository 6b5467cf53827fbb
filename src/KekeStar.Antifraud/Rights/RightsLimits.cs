using KekeStar.Antifraud.Windows.Journals;

namespace KekeStar.Antifraud.Rights;

/// <summary>The bounds of what is done for a right, each with its reason.</summary>
internal static class RightsLimits
{
    /// <summary>Logs that are worked on at a time: 16, so that the hot path keeps most of the store.</summary>
    public const int Parallelism = 16;

    /// <summary>Tries to rewrite one log whose owner keeps appending: 200, with a pause of up to 5 ms.</summary>
    public const int RewriteAttempts = 200;

    /// <summary>Passes over an account's logs until one finds nothing: 4. The second is the proof of the first.</summary>
    public const int Passes = 4;

    /// <summary>
    /// How long after a marker is written everything that was read without it has been written: three times the
    /// journals' refresh interval; longer than that an event's store call does not take.
    /// </summary>
    public static readonly TimeSpan MarkerDelay = 3 * JournalLimits.RefreshInterval;

    /// <summary>Tries of one call to the store: 3.</summary>
    public const int StoreAttempts = 3;

    /// <summary>How long one call to the store may take: 2 s; it may be reading 4 MiB.</summary>
    public static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(2);
}
