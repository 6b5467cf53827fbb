using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Scoring.Lists;

internal sealed partial class ListJournal
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "The lists cannot be refreshed from the store ({Status}); the {Count} entries in memory stay in force.")]
    private static partial void LogStale(ILogger logger, StoreStatus status, int count);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "The lists are refreshed from the store again.")]
    private static partial void LogFresh(ILogger logger);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Information, Message = "The lists were read anew from the store: {Count} entries.")]
    private static partial void LogReread(ILogger logger, int count);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Information, Message = "The lists' journal was rewritten: {Before} lines became {After}.")]
    private static partial void LogCompacted(ILogger logger, int before, int after);
}
