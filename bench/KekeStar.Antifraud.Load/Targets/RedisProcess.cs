using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace KekeStar.Antifraud.Load.Targets;

/// <summary>Starts an empty redis-server that keeps nothing on disk.</summary>
internal static class RedisProcess
{
    /// <summary>Starts it and waits until it listens.</summary>
    public static Task<ChildServer> StartAsync(CancellationToken cancellation)
    {
        IPEndPoint address = ChildServer.FreeAddress();
        var command = new ProcessStartInfo(
            "redis-server",
            ["--port", address.Port.ToString(CultureInfo.InvariantCulture), "--bind", address.Address.ToString(), "--save", string.Empty, "--appendonly", "no"]);
        return ChildServer.StartAsync(command, address, data: null, cancellation);
    }
}
