namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>A clock that shows what it was set to, and never goes back.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private long _milliseconds;

    /// <summary>Sets it; an earlier time than it shows leaves it.</summary>
    /// <param name="milliseconds">Unix milliseconds.</param>
    public void Set(long milliseconds) => Volatile.Write(ref _milliseconds, Math.Max(_milliseconds, milliseconds));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _milliseconds));
}
