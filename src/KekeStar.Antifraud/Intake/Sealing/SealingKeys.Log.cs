using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Intake.Sealing;

internal sealed partial class SealingKeys
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Sealing keys in force: {Ids}.")]
    private static partial void LogApplied(ILogger logger, string ids);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "The changed file of sealing keys (Antifraud:Sealing:File) was rejected; the keys before it stay in force: {Error}")]
    private static partial void LogRejected(ILogger logger, string error);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "The file of sealing keys (Antifraud:Sealing:File) cannot be read; the keys before stay in force.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);
}
