using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Scoring;

internal sealed partial class PolicySource
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "Policy {Version} ({Hash}) with {Rules} rules is in force.")]
    private static partial void LogApplied(ILogger logger, string version, string hash, int rules);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "The changed policy file was rejected; policy {Version} stays in force. {Count} error(s): {Errors}")]
    private static partial void LogRejected(ILogger logger, string version, int count, string errors);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Error, Message = "The policy file cannot be read; policy {Version} stays in force.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, string version);
}
