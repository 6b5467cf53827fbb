namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>A clock that stands still until it is set. Durations and timers are the real ones.</summary>
/// <param name="start">What it shows at first.</param>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Sets it forward; it never goes back.</summary>
    /// <param name="milliseconds">Unix milliseconds.</param>
    public void Advance(long milliseconds)
    {
        var ticks = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcTicks;
        if (ticks > Interlocked.Read(ref _ticks))
        {
            Interlocked.Exchange(ref _ticks, ticks);
        }
    }
}
