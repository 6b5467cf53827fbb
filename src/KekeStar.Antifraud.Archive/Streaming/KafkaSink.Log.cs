using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Archive.Streaming;

/// <content>Log messages.</content>
internal sealed partial class KafkaSink
{
    [LoggerMessage(6010, LogLevel.Warning, "Kafka takes no decision records ({Reason}). Scoring and the archive go on; what Kafka does not take is counted.")]
    private partial void LogRefusing(string reason);

    [LoggerMessage(6011, LogLevel.Information, "Kafka takes decision records again.")]
    private partial void LogTaking();
}
