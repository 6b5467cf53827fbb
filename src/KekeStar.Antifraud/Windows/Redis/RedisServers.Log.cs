using System.Net;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows.Redis;

// Neither keys nor values go into a log.
internal sealed partial class RedisServers
{
    [LoggerMessage(2203, LogLevel.Error, "A key could not be given its expiry: no server answered for a minute after its record was taken")]
    private partial void LogExpiryNotSet();

    [LoggerMessage(2204, LogLevel.Warning, "The connection for events to store server {EndPoint} is lost")]
    private partial void LogEventConnectionLost(EndPoint endPoint);

    [LoggerMessage(2205, LogLevel.Information, "The connection for events to store server {EndPoint} is restored")]
    private partial void LogEventConnectionRestored(EndPoint endPoint);
}
