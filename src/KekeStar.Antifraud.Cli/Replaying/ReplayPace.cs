namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>When the entries of a replay are sent.</summary>
/// <param name="speed">1: as they were recorded; 10: ten times as fast; infinite: as fast as they are answered.</param>
/// <param name="first">Earliest time of the file, in milliseconds of the file's clock.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplayPace(double speed, long first, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>As fast as the entries are answered.</summary>
    public static ReplayPace Fastest => new(double.PositiveInfinity, 0, TimeProvider.System);

    /// <summary>How long after the replay's start an entry is due; zero for one without a time.</summary>
    public TimeSpan Due(ReplayEntry entry) => double.IsInfinity(speed) || ReplayTime.Of(entry) is not { } at
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds((at - first) / speed);

    /// <summary>Waits until the entry is due.</summary>
    public Task WaitAsync(ReplayEntry entry, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var wait = Due(entry) - time.GetElapsedTime(_start);
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellation) : Task.CompletedTask;
    }
}
