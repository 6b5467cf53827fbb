using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Log messages of the maintenance.</summary>
internal sealed partial class StoreMaintenance
{
    [LoggerMessage(2110, LogLevel.Information, "Checkpoint in {Seconds:F2} s, calls stood still for {Paused:F1} ms; append-only file cut from {Before} to {After} bytes.")]
    private static partial void Checkpointed(ILogger logger, double seconds, double paused, long before, long after);

    [LoggerMessage(2111, LogLevel.Error, "Checkpoint not taken: {Status}. The append-only file grows on; past twice its bound writes are refused.")]
    private static partial void CheckpointFailed(ILogger logger, string status);

    [LoggerMessage(2112, LogLevel.Information, "Compaction in {Seconds:F2} s; record log from {Before} to {After} bytes.")]
    private static partial void Compacted(ILogger logger, double seconds, long before, long after);

    [LoggerMessage(2113, LogLevel.Critical, "The embedded store is full and refuses new records: record log {Log} bytes (bound {Bound}), append-only file {AppendLog} bytes.")]
    private static partial void Full(ILogger logger, long log, long bound, long appendLog);

    [LoggerMessage(2117, LogLevel.Critical, "The index of the embedded store is full and new records are refused: {Bytes} bytes (bound {Bound}, by MemoryBytes).")]
    private static partial void IndexFull(ILogger logger, long bytes, long bound);

    [LoggerMessage(2114, LogLevel.Warning, "The embedded store has room again: record log {Log} bytes.")]
    private static partial void HasRoom(ILogger logger, long log);

    [LoggerMessage(2116, LogLevel.Information, "Dead records were wiped in {Seconds:F2} s; record log {Bytes} bytes.")]
    private static partial void Swept(ILogger logger, double seconds, long bytes);

    [LoggerMessage(2115, LogLevel.Error, "Maintenance of the embedded store failed; it is tried again.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
