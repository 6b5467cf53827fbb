namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>The bounds of a backtest, each with its reason.</summary>
internal static class BacktestLimits
{
    /// <summary>Days before the range that are replayed to fill the windows: 8; the longest window, and the latest event that intake takes.</summary>
    public const int DefaultWarmUpDays = 8;

    /// <summary>Longest warm-up in days: 31, as long as rows live.</summary>
    public const int MaxWarmUpDays = ArchiveLimits.MaxRetentionDays;

    /// <summary>Examples that are kept of each kind of difference and of each pair of verdicts: 5, the first.</summary>
    public const int Examples = 5;

    /// <summary>Memory of the isolated windows, bytes: 512 MiB; what does not fit lies in the temporary folder.</summary>
    public const long WindowMemoryBytes = 512L * 1024 * 1024;

    /// <summary>Most bytes that the isolated windows take in the temporary folder: 64 GiB; about 60 million events.</summary>
    public const long WindowDiskBytes = 64L * 1024 * 1024 * 1024;
}
