using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

// Neither keys, values nor exception messages go into a log.
internal sealed partial class RedisWindowStore
{
    [LoggerMessage(2201, LogLevel.Warning, "Connection to store server {EndPoint} failed: {Failure}")]
    private partial void LogConnectionFailed(EndPoint? endPoint, ConnectionFailureType failure);

    [LoggerMessage(2202, LogLevel.Information, "Connection to store server {EndPoint} is restored")]
    private partial void LogConnectionRestored(EndPoint? endPoint);
}
