using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows;

internal sealed partial class StoreGate
{
    [LoggerMessage(2101, LogLevel.Warning, "The window store counts as down ({Status}); events are answered without it until a probe succeeds")]
    private partial void LogOpened(StoreStatus status);

    [LoggerMessage(2102, LogLevel.Information, "The window store answers again")]
    private partial void LogClosed();
}
