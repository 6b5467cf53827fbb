using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Log messages of the store itself.</summary>
public sealed partial class GarnetWindowStore
{
    [LoggerMessage(2100, LogLevel.Information, "Embedded store opened in {Directory}: {Seconds:F1} s, {Bytes} bytes on disk.")]
    private static partial void Opened(ILogger logger, string directory, double seconds, long bytes);

    [LoggerMessage(2101, LogLevel.Information, "Embedded store closed.")]
    private static partial void Closed(ILogger logger);

    [LoggerMessage(2102, LogLevel.Error, "The append-only file could not be written; writes are answered with Unavailable.")]
    private static partial void CommitFailed(ILogger logger, Exception exception);

    [LoggerMessage(2103, LogLevel.Error, "A session of the embedded store failed and is replaced.")]
    private static partial void SessionFailed(ILogger logger);
}
