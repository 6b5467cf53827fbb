namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Counts logs that were begun, and logs that compaction found expired or emptied and left behind.</summary>
internal sealed class LogCensus
{
    private long _begun;
    private long _dropped;

    /// <summary>Logs begun since the store was opened, those of a replay included.</summary>
    public long Begun => Volatile.Read(ref _begun);

    /// <summary>Logs left behind since then. Too many where a log lives on whose earlier copy had expired.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Called while a log is begun, which has its place in the record log then but is not in the index yet; for tests.</summary>
    internal Action? OnBegin { get; set; }

    /// <summary>Called as a log is begun.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _begun);
        OnBegin?.Invoke();
    }

    /// <summary>Called as a log is left behind.</summary>
    public void Drop() => Interlocked.Increment(ref _dropped);
}
