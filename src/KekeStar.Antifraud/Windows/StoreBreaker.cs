namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Remembers whether the store is away. Closed: every call passes. Open, after some failures in a row over some time:
/// one call per probe interval passes, so that the first success closes it again. Thread safe, without locks.
/// </summary>
/// <param name="failuresToOpen">How many failures in a row it takes.</param>
/// <param name="failingFor">How long they must have lasted: calls that all fail in one pause of the store do not count as down.</param>
/// <param name="probeInterval">How often a call passes while open.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreBreaker(int failuresToOpen, TimeSpan failingFor, TimeSpan probeInterval, TimeProvider time)
{
    private const long Closed = 0;

    private int _failures;
    private long _firstFailure;
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
            && Interlocked.CompareExchange(ref _nextProbe, ProbeAfter(now), nextProbe) == nextProbe;
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
    public bool Failed()
    {
        var now = time.GetTimestamp();
        var failures = Interlocked.Increment(ref _failures);
        if (failures == 1)
        {
            Volatile.Write(ref _firstFailure, now);
        }

        return failures >= failuresToOpen
            && Volatile.Read(ref _nextProbe) == Closed
            && time.GetElapsedTime(Volatile.Read(ref _firstFailure), now) >= failingFor
            && Interlocked.CompareExchange(ref _nextProbe, ProbeAfter(now), Closed) == Closed;
    }

    // A timestamp may be 0 with a test's clock; 0 means closed here.
    private long ProbeAfter(long now) => Math.Max(1, now + (long)(probeInterval.TotalSeconds * time.TimestampFrequency));
}
