using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>Changes logs that others go on appending to: read, change, compare and set, and again where an append came in between.</summary>
internal sealed class LogRewriter
{
    private readonly IWindowStore _store;
    private readonly TimeProvider _time;

    /// <summary>Rewrites in a store.</summary>
    public LogRewriter(IWindowStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>What becomes of a record; null: it goes.</summary>
    public delegate WindowRecord? RecordChange(in WindowRecord record);

    /// <summary>Changes the records of a window log.</summary>
    /// <param name="key">Key of the log.</param>
    /// <param name="change">Called for each record; may be called again for the same one.</param>
    public Task<RightsResult> ChangeRecordsAsync(byte[] key, RecordChange change) =>
        RewriteAsync(key, log => ChangeRecords(log, change), LifeOfRecords);

    /// <summary>Changes the entries of a context log.</summary>
    /// <param name="key">Key of the log.</param>
    /// <param name="change">
    /// Gives what of the entries that are not past their time the log shall hold, and how many of what it names that
    /// changes; 0: nothing to do. May be called again.
    /// </param>
    public Task<RightsResult> ChangeEntriesAsync(byte[] key, Func<ReadOnlyMemory<byte>, (byte[] Replacement, int Changed)> change) => RewriteAsync(
        key,
        log => change(log[^EntityContexts.Keep(log.Span, Now()).Length..]),
        LifeOfEntries);

    /// <summary>Removes a log, whatever it holds.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="recordLength">Length of one record, to count them; 0: each log counts as one.</param>
    public Task<RightsResult> RemoveAsync(byte[] key, int recordLength) => RewriteAsync(
        key,
        log => ([], log.IsEmpty ? 0 : recordLength == 0 ? 1 : Math.Max(1, log.Length / recordLength)),
        static _ => WindowLimits.Retention);

    private async Task<RightsResult> RewriteAsync(
        byte[] key, Func<ReadOnlyMemory<byte>, (byte[] Replacement, int Changed)> rewrite, Func<byte[], TimeSpan> lifeOf)
    {
        var failures = 0;
        for (var attempt = 0; attempt < RightsLimits.RewriteAttempts; attempt++)
        {
            var read = await _store.ReadPatientlyAsync(key);
            if (read.Status != StoreStatus.Ok)
            {
                return new RightsResult(read.Status, 0, 0);
            }

            var (replacement, changed) = rewrite(read.Value);
            if (changed == 0)
            {
                return default;
            }

            var replace = await _store.ReplaceAsync(key, read.Value, replacement, lifeOf(replacement), RightsLimits.StoreTimeout);
            if (replace.Status != StoreStatus.Ok && ++failures == RightsLimits.StoreAttempts)
            {
                return new RightsResult(replace.Status, 0, 0);
            }

            if (replace.Replaced)
            {
                return new RightsResult(StoreStatus.Ok, changed, 1);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 6)), _time);
        }

        return new RightsResult(StoreStatus.Timeout, 0, 0);
    }

    private (byte[] Replacement, int Changed) ChangeRecords(ReadOnlyMemory<byte> log, RecordChange change)
    {
        var kept = new List<byte>(log.Length);
        var changed = 0;
        Span<byte> bytes = stackalloc byte[WindowRecord.Length];
        for (var rest = log.Span; rest.Length >= WindowRecord.Length; rest = rest[WindowRecord.Length..])
        {
            var record = WindowRecord.Read(rest);
            var result = record.IsCut ? record : change(record);
            changed += result == record ? 0 : 1;
            if (result is { } staying)
            {
                staying.Write(bytes);
                kept.AddRange(bytes);
            }
        }

        // Writing sets the log's expiry, so what is out of reach goes now, as it does when a log is trimmed.
        return changed == 0 ? ([], 0) : (LogTail.Keep(kept.ToArray(), Now()), changed);
    }

    // As if the log had not been rewritten: else one of an epoch that is going would outlive the epoch, and could not be
    // found by account any more. A late record came up to a day after its time, every other within the clocks' skew.
    private TimeSpan LifeOfRecords(byte[] log)
    {
        var end = 0L;
        for (var rest = log.AsSpan(); rest.Length >= WindowRecord.Length; rest = rest[WindowRecord.Length..])
        {
            var record = WindowRecord.Read(rest);
            var latest = record.IsLate || record.IsCut ? IntakeLimits.MaxEventAge : IntakeLimits.MaxClockSkew;
            end = Math.Max(end, record.TimeMilliseconds + (long)latest.TotalMilliseconds);
        }

        return Left(end, WindowLimits.Retention);
    }

    private TimeSpan LifeOfEntries(byte[] log)
    {
        var end = 0L;
        ReadOnlySpan<byte> rest = log;
        while (EntityContext.TryReadLast(ref rest, out _, out var time, out _))
        {
            end = Math.Max(end, time);
        }

        return Left(end, WindowLimits.ContextRetention);
    }

    private TimeSpan Left(long from, TimeSpan life)
    {
        var left = life - TimeSpan.FromMilliseconds(Now() - from);
        return TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(left.TotalSeconds), 1, life.TotalSeconds));
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
