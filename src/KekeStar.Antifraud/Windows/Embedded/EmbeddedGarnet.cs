using System.Globalization;
using Garnet;
using Garnet.server;
using Microsoft.Extensions.Logging;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>A Garnet server without sockets, opened up as far as the store needs it.</summary>
internal sealed class EmbeddedGarnet : GarnetServer
{
    // Chained buckets in percent of the table; a table of pointers to 4 MiB pages, so a high bound costs nothing.
    private const int IndexOverflowPercent = 2_000;

    public EmbeddedGarnet(GarnetServerOptions options, SocketlessServer server, ILoggerFactory? loggerFactory)
        : base(options, loggerFactory, [server])
    {
    }

    /// <summary>Store, append-only file and checkpoints.</summary>
    public StoreWrapper Storage => storeWrapper;

    /// <summary>The append-only file; null without a data directory.</summary>
    public TsavoriteLog? AppendLog => storeWrapper.appendOnlyFile?.Log.SingleLog;

    /// <summary>Where the record log begins: what lay in front of it compaction has moved or left behind.</summary>
    public long RecordLogBegin => Storage.store.Log.BeginAddress;

    /// <summary>
    /// Address that the record log ends at in the newest checkpoint, which recovery goes back to; null without a checkpoint.
    /// </summary>
    /// <exception cref="TsavoriteException">The checkpoint's metadata is damaged.</exception>
    public long? CheckpointEnd()
    {
        Storage.store.GetLatestCheckpointTokens(out var checkpoint, out _, out _);
        if (checkpoint == Guid.Empty)
        {
            return null;
        }

        using var metadata = new StreamReader(new MemoryStream(Storage.StoreCheckpointManager.GetLogCheckpointMetadata(checkpoint)));
        var info = default(HybridLogRecoveryInfo);
        info.Initialize(metadata);
        return info.finalLogicalAddress;
    }

    /// <summary>Garnet's settings for ours.</summary>
    public static GarnetServerOptions Translate(string? directory, StoreSizes sizes, StoreFileWriter? writer, StoreFiles files)
    {
        var options = new GarnetServerOptions
        {
            QuietMode = true,
            DisablePubSub = true,
            MaxDatabases = 1,
            BufferPoolMemoryBudget = "32m",
            IndexMemorySize = Text(sizes.Index),

            // Where Garnet's own bound stands nobody must ever come: it fails calls. StoreIndex grows the index and
            // refuses new logs long before; a replay of the append-only file, which does neither, still fits.
            IndexOverflowThreshold = IndexOverflowPercent,
            LogMemorySize = Text(sizes.LogMemory),
            PageSize = Text(StoreSizes.Page),
            SegmentSize = Text(sizes.Segment),
            ObjectLogSegmentSize = Text(sizes.Segment),

            // Records are freed for reuse by compaction, which needs a read-only part to work on.
            MutablePercent = directory is null ? 50 : 80,

            // The default device looks for libaio and ends the process where it is missing.
            DeviceType = DeviceType.RandomAccess,
        };
        if (directory is null || writer is null)
        {
            return options;
        }

        options.DeviceFactoryCreator = new StoreFileFactoryCreator(writer, files);
        options.EnableStorageTier = true;
        options.LogDir = directory;
        options.CheckpointDir = directory;
        options.Recover = true;
        options.FailOnRecoveryError = true;

        // A fold-over checkpoint writes no second copy of what the record log holds anyway; and each one is full,
        // so that none depends on an index older than the part of the log that compaction removed.
        options.UseFoldOverCheckpoints = true;
        options.FullCheckpointLogInterval = 0;
        options.EnableAOF = true;
        options.CommitFrequencyMs = -1;
        options.AofMemorySize = Text(sizes.AppendLogMemory);
        options.AofPageSize = Text(sizes.AppendLogPage);
        options.AofSegmentSize = Text(sizes.AppendLogSegment);
        return options;
    }

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
