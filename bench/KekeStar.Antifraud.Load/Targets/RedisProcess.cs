using System.ComponentModel;
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

    /// <summary>Gives the version, such as "7.0.15"; null: there is no redis-server.</summary>
    public static string? Version()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("redis-server", ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false })!;

            // "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=…"
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text.Split(' ').FirstOrDefault(static word => word.StartsWith("v=", StringComparison.Ordinal))?["v=".Length..];
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
