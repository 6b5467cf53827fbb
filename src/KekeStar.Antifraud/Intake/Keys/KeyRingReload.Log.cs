using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Intake.Keys;

internal sealed partial class KeyRingReload
{
    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "Key epoch {Epoch} ({Algorithm}) is {Role} until {Until}.")]
    private static partial void LogRole(ILogger logger, byte epoch, string algorithm, KeyEpochRole role, string until);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "Key epoch {Epoch} is expired. Destroy its key ('antifraud keys destroy') and the copies of it.")]
    private static partial void LogExpired(ILogger logger, byte epoch);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Information, Message = "The changed key file (Antifraud:Keys:File) is in force: epochs {Epochs}.")]
    private static partial void LogApplied(ILogger logger, string epochs);

    [LoggerMessage(EventId = 2204, Level = LogLevel.Error, Message = "The changed key file (Antifraud:Keys:File) was rejected; the epochs before it stay in force: {Error}")]
    private static partial void LogRejected(ILogger logger, string error);

    [LoggerMessage(EventId = 2205, Level = LogLevel.Error, Message = "The key file (Antifraud:Keys:File) cannot be read; the epochs before stay in force.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2206, Level = LogLevel.Information, Message = "The key of epoch {Epoch} is wiped from this process.")]
    private static partial void LogDestroyed(ILogger logger, byte epoch);
}
