using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// The hash index over the record log. It has an entry for each log, seven to a bucket of 64 bytes; full buckets chain
/// others behind them. The table doubles while chains are long, up to its share; where table and chains have used up
/// their bound, new records are refused until compaction has found logs that expired.
/// </summary>
/// <remarks>
/// <para>
/// Left to itself Garnet neither grows the index nor says that it is full: it throws at the first log that finds no bucket,
/// for each event anew, and the session is lost (with 32 MiB of memory from 1.6 million logs on).
/// </para>
/// <para>
/// Garnet gives no bucket back, but an entry whose log was compacted away is taken by the next log that comes by. So a
/// size over the bound alone does not say that the index is full: from there on it takes as many logs as were dropped.
/// </para>
/// </remarks>
internal sealed partial class StoreIndex(EmbeddedGarnet garnet, SessionPool sessions, LogCensus census, StoreSizes sizes, ILogger logger)
{
    // Chained buckets to buckets of the table. Past a half, every second look-up costs a second cache miss.
    private const int GrowBelow = 2;

    // Buckets of the bound to logs: a full index opens again for 2,600 logs with the least memory, 42,000 with the default.
    private const int RoomShare = 100;

    private volatile bool _isFull;
    private long _room;
    private long _begunBefore;
    private long _droppedBefore;

    /// <summary>True while new logs would take the index past its bound.</summary>
    public bool IsFull => _isFull;

    /// <summary>Size of the table, without the buckets chained behind it.</summary>
    public long TableBytes => garnet.Storage.store.IndexSizeBytes;

    /// <summary>Size of it all, as far as it is used.</summary>
    public long Bytes => TableBytes + (garnet.Storage.store.OverflowBucketAllocations * garnet.Storage.store.IndexBucketSizeBytes);

    /// <summary>Doubles the table if chains are long and its share allows it. Not beside a checkpoint.</summary>
    public void Grow()
    {
        var store = garnet.Storage.store;
        while (store.OverflowBucketAllocations > store.IndexSize / GrowBelow && 2 * TableBytes <= sizes.IndexTable)
        {
            if (!TryDouble())
            {
                return;
            }
        }
    }

    /// <summary>Doubles the table, with no call on its way to the disk while the new one takes the old one's place.</summary>
    /// <remarks>
    /// A call that looked a log up in the old table and comes back from the disk to the new one does not find the log there, as long
    /// as Garnet has not carried that part over: a read answers that there is none, and what an append has put there is overwritten
    /// (docs/decisions/0036). A call that begins later carries over what it needs before it looks anything up.
    /// </remarks>
    /// <returns>False if it is to be tried again.</returns>
    internal bool TryDouble()
    {
        var before = TableBytes;
        var started = TimeProvider.System.GetTimestamp();
        var growth = Task.FromResult(false);
        var isBegun = sessions.TryBetweenCalls(SessionPool.PauseLimit, () =>
        {
            growth = garnet.Storage.store.GrowIndexAsync();
            SpinWait.SpinUntil(() => TableBytes != before || growth.IsCompleted);
        });
        if (!isBegun || !growth.GetAwaiter().GetResult() || TableBytes == before)
        {
            return false;
        }

        Grown(logger, before, TableBytes, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        return true;
    }

    /// <summary>Looks whether there is room.</summary>
    public void Look()
    {
        var (begun, dropped) = (census.Begun, census.Dropped);
        var isOver = Bytes > sizes.IndexBound;
        _room = isOver ? _room + (dropped - _droppedBefore) - (begun - _begunBefore) : 0;
        (_begunBefore, _droppedBefore) = (begun, dropped);

        // Not open again for a handful of logs, to be full at the next look.
        _isFull = isOver && _room <= (_isFull ? sizes.IndexBound / RoomShare / garnet.Storage.store.IndexBucketSizeBytes : 0);
    }

    [LoggerMessage(2118, LogLevel.Information, "The index of the embedded store grew from {Before} to {After} bytes in {Seconds:F2} s.")]
    private static partial void Grown(ILogger logger, long before, long after, double seconds);
}
