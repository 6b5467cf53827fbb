using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Audit;

/// <summary>
/// The audit log: lines that are only ever added, each with the hash of the one before, in one file for each month. A
/// line that was taken is on disk. docs/audit.md gives the format.
/// </summary>
internal sealed partial class AuditLog : IDisposable
{
    private readonly AuditDirectory _directory;
    private readonly AuditOptions _options;
    private readonly AuditMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly AuditPosition _state = new();
    private bool _isTakenUp;
    private bool _isFailing;

    private AuditLog(AuditDirectory directory, AuditOptions options, AuditMetrics metrics, ILogger logger, TimeProvider time)
    {
        _directory = directory;
        _options = options;
        _metrics = metrics;
        _logger = logger;
        _time = time;
    }

    /// <summary>Opens the log of a directory, moves a line that a crash cut aside, and removes months past retention.</summary>
    /// <param name="options">Where and for how long.</param>
    /// <param name="metrics">Counts lines and failures.</param>
    /// <param name="logger">Takes an anchor for each line, and what goes wrong.</param>
    /// <param name="time">Stamps lines.</param>
    /// <exception cref="InvalidOperationException">The directory cannot be had; the message says what to do.</exception>
    public static AuditLog Open(AuditOptions options, AuditMetrics metrics, ILogger<AuditLog> logger, TimeProvider time)
    {
        var log = new AuditLog(AuditDirectory.Take(options.Directory), options, metrics, logger, time);
        if (log._directory.IsOpenToOthers)
        {
            LogOpenToOthers(logger, options.Directory);
        }

        // A full disk does not keep the service from scoring; the first line that is wanted tries again.
        log.Guard(log.TakeUp);
        log.Guard(log.RemoveExpired);
        return log;
    }

    /// <summary>Writes a line and waits until it is on disk.</summary>
    /// <param name="entry">What to write.</param>
    /// <param name="cancellation">Ends the waiting for a turn; a line once begun is finished.</param>
    /// <returns>The receipt, or null if the line could not be written: what it stands for must then not be done.</returns>
    public async Task<AuditReceipt?> AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            AuditReceipt? receipt = null;
            Guard(() => receipt = Append(entry));
            return receipt;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Removes the months that are past their retention, each with a line that says so. To be called once a day.</summary>
    public async Task RemoveExpiredAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            Guard(RemoveExpired);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _directory.Dispose();
        _turn.Dispose();
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last one is .NET's for EFBIG, a file that may not grow any more.
            _isTakenUp = false;
            _metrics.Failed();
            if (!_isFailing)
            {
                _isFailing = true;
                LogFailing(_logger, failure.Message);
            }
        }
    }

    private AuditReceipt Append(AuditEntry entry)
    {
        _directory.Hold();
        if (!_isTakenUp || _directory.FileOf(_state.Month).Length != _state.Length)
        {
            TakeUp();
        }

        return Write(entry);
    }

    /// <summary>Looks where the files end, and goes on from there or, if they lost lines since, from the last one written.</summary>
    private void TakeUp()
    {
        _isTakenUp = false;
        var moved = 0L;
        AuditLine? last = null;
        var files = _directory.Files();
        for (var i = files.Count - 1; i >= 0 && last is null; i--)
        {
            (last, var end) = AuditTail.Find(files[i]);
            moved += MoveTornAside(files[i], end);
            if (last is not null)
            {
                _state.Stand(files[i].Month, end);
                if (last.Hash != last.ComputeHash())
                {
                    LogForged(_logger, files[i].Path);
                }
            }
            else
            {
                File.Delete(files[i].Path);
            }
        }

        if (last is null)
        {
            _state.Stand(default, 0);
        }

        var missing = Math.Max(0, _state.Seq - (last?.Seq ?? 0));
        if (missing > 0)
        {
            LogMissing(_logger, last?.Seq ?? 0, _state.Seq);
        }
        else if (last is not null)
        {
            _state.Follow(last);
        }

        _isTakenUp = true;
        if (moved + missing > 0)
        {
            Write(new AuditEntry
            {
                Action = AuditAction.LogRepaired,
                Details = new AuditDetails().Add("bytes_moved", moved).Add("lines_missing", missing),
            });
        }
    }

    private long MoveTornAside(AuditFile file, long end)
    {
        var torn = file.Length - end;
        if (torn > 0)
        {
            AuditTail.MoveAside(file, end);
            _directory.Flush();
            LogTorn(_logger, torn, file.Path);
        }

        return torn;
    }

    private AuditReceipt Write(AuditEntry entry)
    {
        var now = _time.GetUtcNow();
        var month = DateOnly.FromDateTime(now.UtcDateTime);
        month = month.AddDays(1 - month.Day);

        // A clock that was set back does not open a past month again: the order of the files is the order of the lines.
        month = month > _state.Month ? month : _state.Month;
        var line = new AuditLine(
            _state.Seq + 1,
            now,
            _state.Instance,
            AuditActionName.Of(entry.Action),
            entry.Caller,
            entry.Purpose,
            entry.Subject,
            entry.ReceiptId ?? ReceiptId.New(),
            entry.Details,
            _state.Hash).Seal();
        var isNew = month != _state.Month;
        byte[] text = [.. line.Encode(), (byte)'\n'];
        using (var file = AuditDirectory.Open(_directory.FileOf(month).Path, isNew ? FileMode.CreateNew : FileMode.Open))
        {
            var start = isNew ? 0 : _state.Length;
            try
            {
                file.Seek(start, SeekOrigin.Begin);
                file.Write(text);
                file.Flush(flushToDisk: true);
                if (isNew)
                {
                    _directory.Flush();
                }
            }
            catch
            {
                Cut(file, start);
                throw;
            }

            _state.Stand(month, start + text.Length);
            _state.Follow(line);
        }

        if (_isFailing)
        {
            _isFailing = false;
            LogRecovered(_logger);
        }

        _metrics.Wrote(line.Action);
        LogAnchor(_logger, line.Seq, line.Hash);
        return new AuditReceipt(line.ReceiptId, line.Hash);
    }

    // A full disk gives room back. Where even this fails, the next line finds the rest and moves it aside.
    private static void Cut(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (IOException)
        {
            // The failure before it is the one to tell.
        }
    }

    /// <summary>
    /// The bound is the first of this month, so that 1095 days are never less than three calendar years. The newest file
    /// stays whatever its age: it says how the log goes on.
    /// </summary>
    private void RemoveExpired()
    {
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        var bound = today.AddDays(1 - today.Day).AddDays(-_options.RetentionDays);
        var files = _directory.Files();
        for (var i = 0; i + 1 < files.Count && files[i].Month.AddMonths(1) <= bound; i++)
        {
            if (AuditTail.First(files[i + 1]) is not { } first)
            {
                return;
            }

            // The line comes first: a log that begins later than it should, without one, was cut by somebody else.
            Append(new AuditEntry { Action = AuditAction.LogExpired, Details = new AuditDetails().Add("first_seq", first.Seq) });
            File.Delete(AuditTail.TornPath(files[i]));
            File.Delete(files[i].Path);
            _directory.Flush();
            LogExpired(_logger, files[i].Path, first.Seq);
        }
    }
}
