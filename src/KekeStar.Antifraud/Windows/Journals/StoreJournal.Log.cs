using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows.Journals;

internal sealed partial class StoreJournal
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "The {Name} cannot be refreshed from the store ({Status}); the {Count} entries in memory stay in force.")]
    private partial void LogStale(string name, StoreStatus status, int count);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "The {Name} are refreshed from the store again.")]
    private partial void LogFresh(string name);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Information, Message = "The {Name} were read anew from the store: {Count} entries.")]
    private partial void LogReread(string name, int count);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Information, Message = "The journal of the {Name} was rewritten: {Before} lines became {After}.")]
    private partial void LogCompacted(string name, int before, int after);
}
