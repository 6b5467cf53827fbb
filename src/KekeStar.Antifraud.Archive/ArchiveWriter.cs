using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Streaming;
using KekeStar.Antifraud.Archive.Upkeep;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Telemetry.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Archive;

/// <summary>
/// Takes records of decisions and outcomes from the queue, writes them to files, and keeps the files: roll-ups, merging, retention, what rights
/// ask. Whatever fails here (a full disk, a folder that is gone) costs records, which are counted, and never a decision; it is tried
/// again until it works.
/// </summary>
/// <remarks>
/// Two threads of its own, none of the pool's: the pool has no more than there are cores (docs/decisions/0029), and a merge takes
/// seconds. One takes records, the other does everything else, so a long merge keeps no record waiting.
/// </remarks>
internal sealed partial class ArchiveWriter : IHostedService, IDisposable
{
    private readonly DecisionRecordQueue _queue;
    private readonly DecisionRecordMetrics _records;
    private readonly ArchiveMetrics _metrics;
    private readonly ArchiveCatalog _catalog;
    private readonly LiveTail _tail;
    private readonly ArchiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ArchiveWriter> _logger;
    private readonly KafkaSink? _kafka;

    private readonly DuckDbEngine _engine;
    private readonly RecordFileWriter _files;
    private readonly ArchiveShelf _decisions;
    private readonly ArchiveShelf _outcomes;
    private readonly Retention _retention;
    private readonly FeedbackBook _feedback;

    // Held by whoever takes records from the queue or writes them.
    private readonly Lock _writing = new();
    private readonly SortedDictionary<ArchiveHour, RecordColumns> _collected = [];
    private readonly Stack<RecordColumns> _spare = new();
    private readonly SortedDictionary<ArchiveHour, OutcomeColumns> _collectedOutcomes = [];
    private readonly CancellationTokenSource _stopping = new();

    private ArchiveFolder? _folder;
    private DateTimeOffset _flushed;
    private bool _upkeepFailed;
    private Task _work = Task.CompletedTask;

    /// <summary>Makes the writer; nothing is touched before it is started.</summary>
    public ArchiveWriter(
        DecisionRecordQueue queue,
        DecisionRecordMetrics records,
        ArchiveMetrics metrics,
        ArchiveCatalog catalog,
        LiveTail tail,
        FeedbackBook feedback,
        ArchiveOptions options,
        TimeProvider time,
        ILogger<ArchiveWriter> logger,
        KafkaSink? kafka = null)
    {
        _queue = queue;
        _records = records;
        _metrics = metrics;
        _catalog = catalog;
        _tail = tail;
        _feedback = feedback;
        _options = options;
        _time = time;
        _logger = logger;
        _kafka = kafka;
        _engine = new DuckDbEngine(threads: 1, ArchiveLimits.UpkeepMemoryBytes);
        _files = new RecordFileWriter(catalog.Root, time);
        _decisions = new ArchiveShelf(catalog, _engine, time);
        _outcomes = new ArchiveShelf(new ArchiveCatalog(catalog.Root, ArchiveKind.Outcomes), _engine, time);
        metrics.Add(_outcomes.Catalog);
        _retention = new Retention([catalog, _outcomes.Catalog], options, time);
        _flushed = time.GetUtcNow();
    }

    /// <inheritdoc/>
    /// <remarks>Waits for nothing: a disk that does not answer may not keep the service from starting.</remarks>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _work = Task.WhenAll(
            Run(ArchiveLimits.DrainInterval, () => Flush(), Collect),
            Run(ArchiveLimits.UpkeepInterval, static () => { }, KeepUp));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await _work.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A disk that does not answer holds a thread for as long as it likes. What was collected is lost with the process.
            _queue.Close();
            LogAbandoned(_catalog.Root);
            return;
        }

        _queue.Close();
        lock (_writing)
        {
            if (!Flush())
            {
                LoseCollected();
            }

            _folder?.Dispose();
            _folder = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What a thread still uses goes with the process.
        if (_work.IsCompleted)
        {
            _folder?.Dispose();
            _engine.Dispose();
            _stopping.Dispose();
        }
    }

    /// <summary>Takes what is in the queue, and writes what has waited for long or is much.</summary>
    internal void Collect()
    {
        lock (_writing)
        {
            Drain();
            if (_time.GetUtcNow() - _flushed >= _options.FlushInterval)
            {
                Flush();
            }
        }
    }

    /// <summary>Writes everything that was decided until now.</summary>
    /// <returns>True if it is in files.</returns>
    internal bool Flush() => Flush(Timeout.InfiniteTimeSpan);

    /// <summary>Does what rights ask, and what the files need.</summary>
    internal void KeepUp()
    {
        try
        {
            AnswerRequests();
            if (!_metrics.IsAvailable)
            {
                return;
            }

            WriteRollUps();
            _feedback.Expire();
            if (_retention.Apply() is > 0 and var evicted)
            {
                _metrics.Evicted(evicted);
                LogEvicted(evicted);
            }

            while (!_stopping.IsCancellationRequested && (_decisions.Merge.MergeNext() || _outcomes.Merge.MergeNext()))
            {
                AnswerRequests();
            }

            _upkeepFailed = false;
        }
        catch (Exception fault) when (IsOfFiles(fault))
        {
            // Of the same trouble one line, however long it lasts.
            if (!_upkeepFailed)
            {
                LogUpkeepFailed(fault.Message);
            }

            _upkeepFailed = true;
        }
    }

    // The last is what .NET makes of EFBIG, a file that may not grow (RLIMIT_FSIZE, a quota).
    private static bool IsOfFiles(Exception fault) => fault is IOException or UnauthorizedAccessException or DuckDBException or ArgumentOutOfRangeException;

    private bool Flush(TimeSpan limit)
    {
        if (!_writing.TryEnter(limit))
        {
            return false;
        }

        try
        {
            Drain();
            return WriteCollected();
        }
        finally
        {
            _writing.Exit();
        }
    }

    private Task Run(TimeSpan interval, Action first, Action work)
    {
        void Loop()
        {
            first();
            while (!_stopping.Token.WaitHandle.WaitOne(interval))
            {
                work();
            }
        }

        return Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Drain()
    {
        // No more than were there at the beginning: else a busy service would never let it end.
        var shown = 0;
        for (var left = _queue.Count; left > 0 && _queue.TryTake(out var record); left--)
        {
            var columns = ColumnsOf(ArchiveHour.Of(record.TimeMilliseconds));
            columns.Add(record);
            _kafka?.Add(record);
            if (shown++ < ArchiveLimits.TailRowsPerDrain)
            {
                _tail.Add(record);
            }

            _queue.Return(record);
            if (columns.Count >= _options.MaxRecordsPerFile && !WriteCollected())
            {
                LoseCollected();
            }
        }

        DrainOutcomes();
    }

    private void DrainOutcomes()
    {
        for (var left = _queue.OutcomeCount; left > 0 && _queue.TryTakeOutcome(out var outcome); left--)
        {
            var hour = ArchiveHour.Of(outcome.TimeMilliseconds);
            if (!_collectedOutcomes.TryGetValue(hour, out var columns))
            {
                _collectedOutcomes.Add(hour, columns = new OutcomeColumns());
            }

            columns.Add(outcome);
            if (columns.Count >= _options.MaxRecordsPerFile && !WriteCollected())
            {
                LoseCollected();
            }
        }
    }

    private RecordColumns ColumnsOf(ArchiveHour hour)
    {
        if (!_collected.TryGetValue(hour, out var columns))
        {
            columns = _spare.TryPop(out var spare) ? spare : new RecordColumns();
            _collected.Add(hour, columns);
        }

        return columns;
    }

    private bool WriteCollected()
    {
        _flushed = _time.GetUtcNow();
        try
        {
            Open();
            foreach (var (hour, columns) in _collected.ToArray())
            {
                _catalog.Add(_files.WriteAsync(hour, columns).GetAwaiter().GetResult());
                _records.Wrote(columns.Count);
                Forget(hour, columns);
            }

            foreach (var (hour, columns) in _collectedOutcomes.ToArray())
            {
                _outcomes.Catalog.Add(_files.WriteAsync(hour, columns).GetAwaiter().GetResult());
                _records.Wrote(columns.Count);
                _collectedOutcomes.Remove(hour);
            }

            if (_metrics.SetAvailable(available: true))
            {
                LogAvailable(_catalog.Root);
            }

            return true;
        }
        catch (Exception fault) when (IsOfFiles(fault))
        {
            // The folder is looked through anew when it works again: who knows what became of it.
            _folder?.Dispose();
            _folder = null;
            if (_metrics.SetAvailable(available: false))
            {
                LogUnavailable(_catalog.Root, fault.Message);
            }

            return false;
        }
    }

    private void Open()
    {
        if (_folder is not null && !_folder.IsThere())
        {
            _folder.Dispose();
            _folder = null;
        }

        _folder ??= ArchiveFolder.Take([(_catalog, _decisions.Rewriter), (_outcomes.Catalog, _outcomes.Rewriter)]);
    }

    private void LoseCollected()
    {
        foreach (var (hour, columns) in _collected.ToArray())
        {
            _records.Lost(columns.Count);
            Forget(hour, columns);
        }

        _records.Lost(_collectedOutcomes.Values.Sum(static columns => columns.Count));
        _collectedOutcomes.Clear();
    }

    private void Forget(ArchiveHour hour, RecordColumns columns)
    {
        columns.Clear();
        _collected.Remove(hour);
        _spare.Push(columns);
    }

    private void WriteRollUps()
    {
        foreach (var file in _catalog.Hours().SelectMany(_catalog.FilesOf).Where(static file => !file.HasRollUp || !file.HasSuspects))
        {
            DerivedFiles.Write(_engine, file);
        }
    }

    private void AnswerRequests()
    {
        while (_queue.TryTakeRequest(out var request))
        {
            try
            {
                Answer(request);
            }
            catch (Exception fault) when (IsOfFiles(fault) || fault is OperationCanceledException)
            {
                request.Fail();
                if (fault is not OperationCanceledException)
                {
                    throw;
                }
            }
        }
    }

    private void Answer(RecordRequest request)
    {
        // What was decided before is in files then, and nowhere else. Whoever asks is told when the disk does not answer.
        if (!Flush(ArchiveLimits.ReleaseTime))
        {
            request.Fail();
            return;
        }

        switch (request)
        {
            case RecordErasure erasure:
                _tail.Clear();
                _feedback.Erase(erasure);
                erasure.Complete(
                    _decisions.Removal.RemoveAsync(erasure, _stopping.Token).GetAwaiter().GetResult()
                    + _outcomes.Removal.RemoveAsync(erasure, _stopping.Token).GetAwaiter().GetResult());
                break;
            case OutcomeRetraction retraction:
                retraction.Complete(_outcomes.Removal.RemoveAsync(retraction, _stopping.Token).GetAwaiter().GetResult());
                break;
            case RecordExtract extract:
                extract.Complete(RecordListing.Read(
                    _catalog, _outcomes.Catalog, _engine, _feedback, extract, TimeSpan.FromDays(_options.RetentionDays)));
                break;
            default:
                request.Fail();
                break;
        }
    }
}
