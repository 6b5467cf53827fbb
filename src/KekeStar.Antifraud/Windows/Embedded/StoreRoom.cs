namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Where the store stands against its bounds. Cheap enough to be asked before each write.</summary>
internal sealed class StoreRoom(EmbeddedGarnet garnet, StoreIndex index, EmbeddedStoreOptions options, StoreSizes sizes)
{
    private volatile bool _diskIsFull;
    private long _removedUntil = garnet.Storage.store.Log.BeginAddress;

    /// <summary>The shares that the options give.</summary>
    public StoreSizes Sizes => sizes;

    /// <summary>The hash index.</summary>
    public StoreIndex Index => index;

    /// <summary>The append-only file is cut back once it is longer than this.</summary>
    public long AppendLogBound => options.AppendLogBytes;

    /// <summary>Bound of the data directory; 0 for a store in memory.</summary>
    public long DiskBound => options.DataDirectory is null ? 0 : options.MaxDiskBytes;

    /// <summary>Length of the record log, dead versions included.</summary>
    public long LogBytes => garnet.Storage.store.Log.TailAddress - garnet.Storage.store.Log.BeginAddress;

    /// <summary>The same with what compaction has given up and no checkpoint has removed from the disk yet.</summary>
    private long LogBytesOnDisk => garnet.Storage.store.Log.TailAddress - Volatile.Read(ref _removedUntil);

    /// <summary>Length of the append-only file; 0 without one.</summary>
    public long AppendLogBytes => garnet.AppendLog is { } log ? log.TailAddress - log.BeginAddress : 0;

    /// <summary>
    /// False while new records would push the store over a bound: the index because there are too many logs, the record
    /// log because its live part has become too large, the disk because checkpoints do not keep up with the append-only
    /// file, or fail.
    /// </summary>
    public bool TakesWrites =>
        !index.IsFull
        && LogBytes <= sizes.RefuseAbove - (options.DataDirectory is null ? IndexBeyond : 0)
        && AppendLogBytes <= sizes.OnDisk - LogBytesOnDisk - (StoreSizes.IndexCheckpoints * IndexBeyond)
        && !_diskIsFull;

    // What the index has grown by: checkpoints hold it as well, and Garnet takes it away from the logs' memory. Without files a log
    // that leaves memory is lost.
    private long IndexBeyond => Math.Max(0, index.Bytes - sizes.Index);

    /// <summary>Called once the record log's files in front of its begin are removed.</summary>
    public void NoteRemoved(long begin) => Volatile.Write(ref _removedUntil, begin);

    /// <summary>Bytes in the data directory, files that are being removed aside; 0 for a store in memory.</summary>
    public long MeasureDisk()
    {
        if (options.DataDirectory is not { } directory)
        {
            return 0;
        }

        var bytes = 0L;
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Removed meanwhile.
            }
        }

        _diskIsFull = bytes > options.MaxDiskBytes;
        return bytes;
    }
}
