using System.Numerics;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>How the memory and disk that the options allow are shared out.</summary>
internal sealed class StoreSizes
{
    /// <summary>Checkpoints of the index on disk at a time: two are kept and a third is being written.</summary>
    public const int IndexCheckpoints = 3;

    private const long Mebi = 1L << 20;

    public StoreSizes(EmbeddedStoreOptions options)
    {
        Index = FloorToPowerOfTwo(options.MemoryBytes / 8);
        IndexTable = 2 * Index;
        IndexBound = 2 * IndexTable;
        AppendLogMemory = FloorToPowerOfTwo(Math.Clamp(options.MemoryBytes / 8, 4 * Mebi, 64 * Mebi));
        AppendLogPage = Math.Min(AppendLogMemory / 2, 4 * Mebi);
        AppendLogSegment = Math.Max(AppendLogPage, FloorToPowerOfTwo(Math.Clamp(options.AppendLogBytes / 8, 4 * Mebi, 64 * Mebi)));
        LogMemory = options.MemoryBytes - Index - AppendLogMemory;
        Segment = FloorToPowerOfTwo(Math.Clamp(options.MaxDiskBytes / 64, 4 * Mebi, 256 * Mebi));
        LogOnDisk = options.DataDirectory is null
            ? LogMemory - (4 * Page)
            : options.MaxDiskBytes - (2 * options.AppendLogBytes) - (IndexCheckpoints * Index) - (2 * Segment);
        OnDisk = options.DataDirectory is null ? long.MaxValue : options.MaxDiskBytes - (IndexCheckpoints * Index) - (2 * Segment);
    }

    /// <summary>Pages of the log: 1 MiB, the smallest that keeps a log of 512 KiB in one record.</summary>
    public static long Page => Mebi;

    /// <summary>Table of the hash index to begin with: an eighth of the memory.</summary>
    public long Index { get; }

    /// <summary>The largest table of the hash index: at most a quarter of the memory.</summary>
    public long IndexTable { get; }

    /// <summary>
    /// Table and the buckets chained behind it: at most half of the memory, reached at some 10 logs for each bucket of the
    /// table (docs/decisions/0025): 20 million with the default memory, 1.25 million with the least. What the index takes
    /// beyond <see cref="Index"/> Garnet takes away from the memory of the newest logs.
    /// </summary>
    public long IndexBound { get; }

    /// <summary>Log of records, in memory.</summary>
    public long LogMemory { get; }

    /// <summary>Log of records, dead versions included, from its begin to its tail.</summary>
    public long LogOnDisk { get; }

    /// <summary>Record log and append-only file together; the rest is for the index's checkpoints and segments not yet removed.</summary>
    public long OnDisk { get; }

    /// <summary>Compaction starts here: 60 % leaves room for the records that it moves to the tail.</summary>
    public long CompactAbove => LogOnDisk / 10 * 6;

    /// <summary>New records are refused here, so that compaction still has room to work.</summary>
    public long RefuseAbove => LogOnDisk / 10 * 9;

    /// <summary>Unit in which the record log's files are made and removed.</summary>
    public long Segment { get; }

    /// <summary>Write buffer of the append-only file.</summary>
    public long AppendLogMemory { get; }

    /// <summary>Page of the append-only file: at least twice that of the log, as Garnet demands.</summary>
    public long AppendLogPage { get; }

    /// <summary>Unit in which the append-only file's files are made and removed.</summary>
    public long AppendLogSegment { get; }

    private static long FloorToPowerOfTwo(long value) => 1L << BitOperations.Log2((ulong)value);
}
