using System.Collections.Concurrent;
using System.Diagnostics;

namespace KekeStar.Antifraud.Tests;

/// <summary>
/// How late this machine does what is due: a few tasks that only wait, beside what a test measures. A bound in milliseconds
/// is one on a machine that has the time; on a busy one it grows by what waiting itself took too long.
/// </summary>
internal sealed class MachineDelay : IAsyncDisposable
{
    // As many as a handful of calls under way at once, so that the worst delay is among what is seen.
    private const int Waiters = 4;

    // An answer from another process takes as many turns of the scheduler: the asker's, the server's, the reader's, the asker's again.
    private const int TurnsOfAnAnswer = 4;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<(long Due, TimeSpan Late)> _delays = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _waiters;

    /// <summary>Begins to watch.</summary>
    public MachineDelay() => _waiters = Task.WhenAll(Enumerable.Range(0, Waiters).Select(_ => Task.Run(WatchAsync)));

    /// <summary>A bound with what the machine adds to it.</summary>
    /// <param name="bound">The bound on a machine that has the time.</param>
    /// <param name="from">Timestamp from which on the machine's delays count.</param>
    /// <param name="answers">How many answers it takes, each asked for when the one before has come.</param>
    public TimeSpan Extend(TimeSpan bound, long from, int answers = 1) => bound + (answers * TurnsOfAnAnswer * Worst(from));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _waiters;
        _stop.Dispose();
    }

    private TimeSpan Worst(long from) =>
        _delays.Where(delay => delay.Due >= from).Select(static delay => delay.Late).DefaultIfEmpty(TimeSpan.Zero).Max();

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await Task.Delay(Wait);
            var late = Stopwatch.GetElapsedTime(started) - Wait;
            _delays.Enqueue((Stopwatch.GetTimestamp(), late > TimeSpan.Zero ? late : TimeSpan.Zero));
        }
    }
}
