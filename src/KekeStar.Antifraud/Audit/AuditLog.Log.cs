using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Audit;

/// <summary>Log messages of the audit log. Neither a subject nor a purpose nor a caller stands in any of them.</summary>
internal sealed partial class AuditLog
{
    // An anchor outside of the files: who has these lines can tell whether the log was written anew.
    [LoggerMessage(EventId = 6001, Level = LogLevel.Information, Message = "Audit line {Seq}: {Hash}.")]
    private static partial void LogAnchor(ILogger logger, long seq, string hash);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Critical, Message = "The audit log cannot be written: {Reason} Calls that must be audited are refused until it can.")]
    private static partial void LogFailing(ILogger logger, string reason);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Warning, Message = "The audit log can be written again.")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(EventId = 6004, Level = LogLevel.Warning, Message = "The audit log's last line was cut: {Bytes} bytes were moved from {File} to a file that ends in .torn.")]
    private static partial void LogTorn(ILogger logger, long bytes, string file);

    [LoggerMessage(EventId = 6005, Level = LogLevel.Error, Message = "Lines of the audit log are gone from its files: they end with line {Found}, and {Known} was written. Run 'antifraud audit verify'.")]
    private static partial void LogMissing(ILogger logger, long found, long known);

    [LoggerMessage(EventId = 6006, Level = LogLevel.Warning, Message = "The audit log's directory {Directory} is open to group or others. Take that away: chmod 700.")]
    private static partial void LogOpenToOthers(ILogger logger, string directory);

    [LoggerMessage(EventId = 6007, Level = LogLevel.Information, Message = "The audit log's file {File} is past its retention and was removed; the log begins with line {Seq}.")]
    private static partial void LogExpired(ILogger logger, string file, long seq);

    [LoggerMessage(EventId = 6008, Level = LogLevel.Error, Message = "The last line of the audit log does not match its hash: somebody wrote in {File}. Run 'antifraud audit verify'.")]
    private static partial void LogForged(ILogger logger, string file);
}
