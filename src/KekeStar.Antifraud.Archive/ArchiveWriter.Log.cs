using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Archive;

internal sealed partial class ArchiveWriter
{
    [LoggerMessage(6001, LogLevel.Information, "The decision archive in '{Directory}' takes records.")]
    private partial void LogAvailable(string directory);

    [LoggerMessage(6002, LogLevel.Error, "The decision archive in '{Directory}' takes no records: {Reason} Scoring goes on; decisions are counted as lost until it does.")]
    private partial void LogUnavailable(string directory, string reason);

    [LoggerMessage(6003, LogLevel.Warning, "The decision archive has more than Antifraud:Archive:MaxBytes; {Hours} of its oldest hours were removed before their time.")]
    private partial void LogEvicted(int hours);

    [LoggerMessage(6004, LogLevel.Error, "Upkeep of the decision archive failed: {Reason} It is tried again.")]
    private partial void LogUpkeepFailed(string reason);

    [LoggerMessage(6005, LogLevel.Error, "The disk of the decision archive in '{Directory}' did not answer until the service had to stop; what was not in a file yet is lost.")]
    private partial void LogAbandoned(string directory);
}
