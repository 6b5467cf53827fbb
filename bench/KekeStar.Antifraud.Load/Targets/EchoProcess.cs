using System.Diagnostics;
using System.Globalization;
using System.Net;
using KekeStar.Antifraud.Load.Commands;

namespace KekeStar.Antifraud.Load.Targets;

/// <summary>Starts the echo: this very program with another command.</summary>
internal static class EchoProcess
{
    /// <summary>Starts it and waits until it listens.</summary>
    public static Task<ChildServer> StartAsync(CancellationToken cancellation)
    {
        IPEndPoint address = ChildServer.FreeAddress();
        var command = new ProcessStartInfo("dotnet", [typeof(EchoProcess).Assembly.Location, EchoServerCommand.Name, "--port", address.Port.ToString(CultureInfo.InvariantCulture)]);
        return ChildServer.StartAsync(command, address, data: null, cancellation);
    }
}
