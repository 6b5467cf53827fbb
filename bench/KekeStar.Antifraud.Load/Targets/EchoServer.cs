using System.Globalization;
using System.Net;
using KekeStar.Antifraud.Load.Measuring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Load.Targets;

/// <summary>A plain ASP.NET Core app with the echo and a page that tells what was allocated: h2c on loopback, Kestrel's defaults, no logging.</summary>
internal static class EchoServer
{
    /// <summary>Serves until cancelled.</summary>
    public static async Task RunAsync(int port, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        await using WebApplication app = builder.Build();
        app.MapGrpcService<EchoService>();
        app.MapGet(AllocationProbe.Path, static () => string.Create(CultureInfo.InvariantCulture, $"{AllocationProbe.Counter} {GC.GetTotalAllocatedBytes()}\n"));
        await app.StartAsync(cancellation);
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
    }
}
