using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Intake.References;

internal sealed partial class ReferenceTableSource
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "The reference tables are in force: {Tables}.")]
    private static partial void LogApplied(ILogger logger, string tables);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Error, Message = "The changed reference tables (Antifraud:Tables:Path) were rejected; the tables before stay in force: {Error}")]
    private static partial void LogRejected(ILogger logger, string error);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Error, Message = "The reference tables (Antifraud:Tables:Path) cannot be read; the tables before stay in force.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);
}
