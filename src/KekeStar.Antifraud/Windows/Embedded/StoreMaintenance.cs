using System.Diagnostics;
using Garnet.server;
using Microsoft.Extensions.Logging;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Keeps the store within its bounds, on a thread of its own: checkpoints when the append-only file has grown to its
/// bound, compaction of the oldest records when the record log has, and from time to time of all of them, so that what was
/// erased does not lie about.
/// </summary>
internal sealed partial class StoreMaintenance : IAsyncDisposable
{
    /// <summary>Between two looks: at 100 MB/s of writing, 10 MB, well within a bound's slack.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Between two compactions that free next to nothing, and between two measurements of the directory.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>After a sweep that failed.</summary>
    private static readonly TimeSpan SweepAgain = TimeSpan.FromMinutes(1);

    // With the limit of each: one second in which a call stands still.
    private const int PauseAttempts = 10;

    // The longest records that a page takes, see StoreSizes.Page: two at most, whatever else is in it.
    private const int FillersForPage = 3;

    private readonly EmbeddedGarnet _garnet;
    private readonly SessionPool _sessions;
    private readonly StoreFiles _files;
    private readonly LogCensus _census;
    private readonly TimeSpan _sweepInterval;
    private readonly Action<int> _fill;
    private readonly StoreRoom _room;
    private readonly EmbeddedStoreMetrics _metrics;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _working = new();
    private readonly Task _loop;
    private long _compactAbove;
    private long _lastCompaction;
    private long _lastMeasurement;
    private long _lastSweep = Stopwatch.GetTimestamp();
    private TimeSpan _untilSweep;
    private int _refusing;

    public StoreMaintenance(
        EmbeddedGarnet garnet,
        SessionPool sessions,
        StoreFiles files,
        LogCensus census,
        StoreRoom room,
        EmbeddedStoreMetrics metrics,
        TimeSpan sweepInterval,
        Action<int> fill,
        ILogger logger)
    {
        _garnet = garnet;
        _sessions = sessions;
        _files = files;
        _census = census;
        _sweepInterval = sweepInterval;
        _untilSweep = sweepInterval;
        _fill = fill;
        _room = room;
        _metrics = metrics;
        _logger = logger;
        _compactAbove = room.Sizes.CompactAbove;
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Called when a write was refused; writes the alarm once until there is room again.</summary>
    public void NoteRefusal()
    {
        if (Interlocked.Exchange(ref _refusing, 1) != 0)
        {
            return;
        }

        if (_room.Index.IsFull)
        {
            IndexFull(_logger, _room.Index.Bytes, _room.Sizes.IndexBound);
        }
        else
        {
            Full(_logger, _room.LogBytes, _room.Sizes.RefuseAbove, _room.AppendLogBytes);
        }
    }

    /// <summary>Writes a checkpoint and cuts the append-only file back to it.</summary>
    /// <returns>False if that failed; it is written to the log then.</returns>
    public bool Checkpoint()
    {
        lock (_working)
        {
            if (_garnet.AppendLog is null)
            {
                return true;
            }

            var before = _room.AppendLogBytes;
            var started = Stopwatch.GetTimestamp();
            var checkpoint = BeginCheckpoint(out var paused);
            var status = checkpoint?.GetAwaiter().GetResult();
            if (status != CheckpointStatus.Success)
            {
                _metrics.CheckpointFailed();
                CheckpointFailed(_logger, status is null ? "calls under way did not end" : $"{status}");
                return false;
            }

            // What compaction moved is deleted only now: until here a crash would have gone back to the checkpoint
            // before, which still reads it.
            var begin = _garnet.Storage.store.Log.BeginAddress;
            _garnet.Storage.store.Log.Truncate();
            _room.NoteRemoved(begin);
            var took = Stopwatch.GetElapsedTime(started);
            _metrics.Checkpoint(took);
            Checkpointed(_logger, took.TotalSeconds, paused.TotalMilliseconds, before, _room.AppendLogBytes);
            return true;
        }
    }

    /// <summary>Moves what is alive in the oldest eighth of the record log to its tail, and gives that eighth up.</summary>
    /// <param name="limit">Address to stop at.</param>
    /// <returns>False if the checkpoint at its end failed: until there is one, a recovery reads what was given up.</returns>
    public bool CompactOldest(long limit = long.MaxValue)
    {
        lock (_working)
        {
            var log = _garnet.Storage.store.Log;
            var before = _room.LogBytes;

            // A page begins with a record. Where the read-only part ends within one, Garnet takes the middle of that record for a
            // header the next time: it fails, or ends the process.
            var until = Math.Min(limit, StartOfPage(log.BeginAddress + Math.Max(before / 8, StoreSizes.Page)));
            if (until >= log.SafeReadOnlyAddress)
            {
                log.ShiftReadOnlyAddress(Math.Min(until, log.TailAddress), wait: true);
                until = Math.Min(until, log.SafeReadOnlyAddress);
            }

            var started = Stopwatch.GetTimestamp();
            log.Compact<PinnedSpanByte, Empty, Empty, ExpiredRecords>(new ExpiredRecords(_census), until, CompactionType.Lookup);
            var took = Stopwatch.GetElapsedTime(started);
            _metrics.Compaction(took);
            Compacted(_logger, took.TotalSeconds, before, _room.LogBytes);
            _lastCompaction = Stopwatch.GetTimestamp();

            // Where nearly all is alive, compaction moves much and frees little: let the log grow a little first.
            _compactAbove = Math.Max(_room.Sizes.CompactAbove, _room.LogBytes + (_room.Sizes.LogOnDisk / 64));
            return Checkpoint();
        }
    }

    /// <summary>Moves everything alive to the end of the record log and wipes the rest, the append-only file's included.</summary>
    /// <returns>False if a checkpoint failed; nothing is wiped then.</returns>
    public bool Sweep()
    {
        lock (_working)
        {
            // A recovery reads the page that the log begins in from its start, so only whole pages can be wiped.
            var log = _garnet.Storage.store.Log;
            var until = StartOfPage(log.TailAddress);
            for (var filler = 0; filler < FillersForPage && StartOfPage(log.TailAddress) == until; filler++)
            {
                _fill(filler);
            }

            until = StartOfPage(log.TailAddress);
            var started = Stopwatch.GetTimestamp();
            while (log.BeginAddress < until)
            {
                var before = log.BeginAddress;
                if (!CompactOldest(until))
                {
                    return false;
                }

                if (log.BeginAddress == before)
                {
                    break;
                }
            }

            WipeDead(StartOfPage(log.BeginAddress));
            Swept(_logger, Stopwatch.GetElapsedTime(started).TotalSeconds, _room.LogBytes);
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.Token.WaitHandle.WaitOne(Period))
        {
            try
            {
                Look();
            }
#pragma warning disable CA1031 // Whatever fails here, the next look may do better; the bounds refuse writes meanwhile.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _metrics.Failed();
                Failed(_logger, exception);
            }
        }
    }

    /// <summary>
    /// The checkpoint at the end of the last compaction knows the record log from its begin on; a commit makes that true
    /// of the append-only file. So no recovery reads in front of either any more.
    /// </summary>
    private void WipeDead(long recordLogBegin)
    {
        _files.RecordLog?.WipeUntil(recordLogBegin);
        if (_garnet.AppendLog is { } appendLog)
        {
            appendLog.Commit(spinWait: true);
            _files.AppendLog?.WipeUntil(appendLog.CommittedBeginAddress);
        }
    }

    /// <summary>
    /// Begins a checkpoint with no call under way. Garnet notes where the record log ends, and recovery brings what comes behind it
    /// into the index; a call that had made its record in front of that place, but had not entered it yet, would be in neither.
    /// Then it changes the version: of a call that spans that, the record can have one and its entry in the append-only file the
    /// other, and recovery takes neither (docs/decisions/0037).
    /// </summary>
    /// <param name="paused">How long no call could begin, the attempts in vain aside.</param>
    /// <returns>The checkpoint; null if calls did not end.</returns>
    private Task<CheckpointStatus>? BeginCheckpoint(out TimeSpan paused)
    {
        Task<CheckpointStatus>? checkpoint = null;
        var started = 0L;
        for (var attempt = 0; checkpoint is null && attempt < PauseAttempts; attempt++)
        {
            // Calls that waited for the attempt before go on in between.
            Thread.Sleep(attempt);
            started = Stopwatch.GetTimestamp();
            _sessions.TryBetweenCalls(SessionPool.PauseLimit, () =>
            {
                checkpoint = _garnet.Storage.TakeCheckpointAsync(background: false, dbId: 0, CancellationToken.None, logger: null);
                SpinWait.SpinUntil(() => checkpoint.IsCompleted || _garnet.Storage.store.SystemState.Phase is not (Phase.REST or Phase.PREPARE));
            });
        }

        paused = Stopwatch.GetElapsedTime(started);
        return checkpoint;
    }

    private void GrowIndex()
    {
        lock (_working)
        {
            _room.Index.Grow();
        }
    }

    private static long StartOfPage(long address) => address / StoreSizes.Page * StoreSizes.Page;

    private void Look()
    {
        if (Stopwatch.GetElapsedTime(_lastSweep) > _untilSweep)
        {
            _lastSweep = Stopwatch.GetTimestamp();
            _untilSweep = Sweep() ? _sweepInterval : SweepAgain;
        }

        GrowIndex();
        _room.Index.Look();
        var full = !_room.TakesWrites;
        if (_room.LogBytes > _compactAbove || (full && Stopwatch.GetElapsedTime(_lastCompaction) > Pause))
        {
            CompactOldest();
        }
        else if (_room.AppendLogBytes > _room.AppendLogBound)
        {
            Checkpoint();
        }

        if (Stopwatch.GetElapsedTime(_lastMeasurement) > Pause)
        {
            _room.MeasureDisk();
            _lastMeasurement = Stopwatch.GetTimestamp();
        }

        if (_room.TakesWrites && Interlocked.Exchange(ref _refusing, 0) == 1)
        {
            HasRoom(_logger, _room.LogBytes);
        }
    }
}
