namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Remembers whether the store is away. Closed: every call passes. Open, after some failures in a row: one call per
/// probe interval passes, so that the first success closes it again. Thread safe, without locks.
/// </summary>
internal sealed class StoreBreaker(int failuresToOpen, TimeSpan probeInterval, TimeProvider time)
{
    private const long Closed = 0;

    private readonly long _probeTicks = Math.Max(1, (long)(probeInterval.TotalSeconds * time.TimestampFrequency));
    private int _failures;
    private long _nextProbe = Closed;

    /// <summary>True while the store counts as down.</summary>
    public bool IsOpen => Volatile.Read(ref _nextProbe) != Closed;

    /// <summary>True if the caller may ask the store; if the breaker is open, the caller is the probe.</summary>
    public bool TryEnter()
    {
        var nextProbe = Volatile.Read(ref _nextProbe);
        if (nextProbe == Closed)
        {
            return true;
        }

        var now = time.GetTimestamp();
        return now >= nextProbe
            && Interlocked.CompareExchange(ref _nextProbe, After(now), nextProbe) == nextProbe;
    }

    /// <summary>The store answered.</summary>
    /// <returns>True if this closed the breaker.</returns>
    public bool Succeeded()
    {
        // The plain reads keep the cache line shared between cores as long as nothing fails.
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }

        return Volatile.Read(ref _nextProbe) != Closed && Interlocked.Exchange(ref _nextProbe, Closed) != Closed;
    }

    /// <summary>The store did not answer.</summary>
    /// <returns>True if this opened the breaker.</returns>
    public bool Failed() =>
        Interlocked.Increment(ref _failures) >= failuresToOpen
        && Volatile.Read(ref _nextProbe) == Closed
        && Interlocked.CompareExchange(ref _nextProbe, After(time.GetTimestamp()), Closed) == Closed;

    // A timestamp may be 0 with a test's clock; 0 means closed here.
    private long After(long now) => Math.Max(1, now + _probeTicks);
}
