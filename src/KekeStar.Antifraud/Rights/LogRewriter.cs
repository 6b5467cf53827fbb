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
        RewriteAsync(key, WindowLimits.Retention, log => ChangeRecords(log, change));

    /// <summary>Rewrites a log.</summary>
    /// <param name="key">Key of the log.</param>
    /// <param name="timeToLive">Expiry to set.</param>
    /// <param name="rewrite">Gives what the log shall hold (empty: remove it) and how many records that changes; 0: nothing to do.</param>
    public async Task<RightsResult> RewriteAsync(
        byte[] key, TimeSpan timeToLive, Func<ReadOnlyMemory<byte>, (byte[] Replacement, int Changed)> rewrite)
    {
        for (var attempt = 0; attempt < RightsLimits.RewriteAttempts; attempt++)
        {
            var read = await _store.ReadAsync(key, 0, RightsLimits.StoreTimeout);
            if (read.Status != StoreStatus.Ok)
            {
                return new RightsResult(read.Status, 0, 0);
            }

            var (replacement, changed) = rewrite(read.Value);
            if (changed == 0)
            {
                return default;
            }

            var replace = await _store.ReplaceAsync(key, read.Value, replacement, timeToLive, RightsLimits.StoreTimeout);
            if (replace.Status != StoreStatus.Ok)
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

    /// <summary>Removes a log, whatever it holds.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="recordLength">Length of one record, to count them; 0: each log counts as one.</param>
    public Task<RightsResult> RemoveAsync(byte[] key, int recordLength) => RewriteAsync(
        key,
        WindowLimits.Retention,
        log => ([], log.IsEmpty ? 0 : recordLength == 0 ? 1 : Math.Max(1, log.Length / recordLength)));

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

        // Writing renews the log's expiry, so what is out of reach goes now, as it does when a log is trimmed.
        return changed == 0
            ? ([], 0)
            : (LogTail.Keep(kept.ToArray(), _time.GetUtcNow().ToUnixTimeMilliseconds()), changed);
    }
}
