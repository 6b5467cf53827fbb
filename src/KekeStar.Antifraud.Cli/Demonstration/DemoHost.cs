using System.Net;
using System.Net.Sockets;
using KekeStar.Antifraud.Cli.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Cli.Demonstration;

/// <summary>
/// The real service in this process: loopback only, embedded store in a directory of its own that goes with it.
/// </summary>
internal sealed class DemoHost : IAsyncDisposable
{
    private const int GrpcPort = 5080;
    private const int WebPort = 5081;
    private const int DashboardPort = 5082;

    private readonly WebApplication _application;
    private readonly DirectoryInfo _data;

    private DemoHost(WebApplication application, DirectoryInfo data, Uri address)
    {
        _application = application;
        _data = data;
        Address = address;
    }

    /// <summary>Where the service listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts the service.</summary>
    /// <param name="host">Builds it from configuration arguments.</param>
    /// <param name="cancellation">Gives up the start.</param>
    public static async Task<DemoHost> StartAsync(ServiceBuilder host, CancellationToken cancellation)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort(GrpcPort)}");
        var data = Directory.CreateTempSubdirectory("antifraud-demo-");
        try
        {
            var application = await host(Configuration(address, data));
            await application.StartAsync(cancellation);
            return new DemoHost(application, data, address);
        }
        catch
        {
            data.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Serves until the process is told to stop.</summary>
    public Task ServeAsync(CancellationToken cancellation) => _application.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static string[] Configuration(Uri address, DirectoryInfo data) =>
    [
        $"--Antifraud:Listen:Grpc={address.GetLeftPart(UriPartial.Authority)}",
        $"--Antifraud:Listen:Web=http://127.0.0.1:{FreePort(WebPort)}",
        $"--Antifraud:Dashboard:Listen=http://127.0.0.1:{FreePort(DashboardPort)}",
        $"--Antifraud:Dashboard:Directory={Path.Combine(data.FullName, "dashboard")}",
        "--Antifraud:Store:Kind=Embedded",
        $"--Antifraud:Store:Embedded:DataDirectory={Path.Combine(data.FullName, "store")}",
        $"--Antifraud:Audit:Directory={Path.Combine(data.FullName, "audit")}",
        $"--Antifraud:Policy:Directory={Path.Combine(data.FullName, "policy")}",
        $"--Antifraud:Archive:Directory={Path.Combine(data.FullName, "archive")}",
        $"--Antifraud:Keys:File={Path.Combine(data.FullName, "keys.json")}",
        "--Antifraud:Keys:CreateIfMissing=true",
        "--Logging:LogLevel:Default=Warning",
    ];

    // The default port, so that the other commands find the service without --address; any other if it is taken.
    private static int FreePort(int preferred) => TryPort(preferred) ?? TryPort(0)!.Value;

    private static int? TryPort(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
