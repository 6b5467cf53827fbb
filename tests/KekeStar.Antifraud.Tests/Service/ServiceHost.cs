using System.Security.Cryptography;
using Grpc.Net.Client;
using KekeStar.Antifraud.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>
/// The whole service in this process on free loopback ports; unless the settings say otherwise with a store in memory
/// and the policy of <see cref="ProbePolicy"/>.
/// </summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    /// <summary>A fixed master key, so that two hosts over one store agree.</summary>
    public static readonly string MasterKey = Convert.ToBase64String(SHA256.HashData("tests"u8));

    private readonly WebApplication _application;
    private readonly DirectoryInfo _audit;

    private ServiceHost(WebApplication application, RecordingLog log, DirectoryInfo audit)
    {
        _application = application;
        _audit = audit;
        Log = log;
        var addresses = application.Urls.Select(static url => new Uri(url)).ToArray();
        Grpc = addresses[0];
        Channel = Connect(Grpc);
        Client = new V1.Antifraud.AntifraudClient(Channel);
        Web = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = addresses[^1] };
    }

    public Uri Grpc { get; }

    public GrpcChannel Channel { get; }

    public V1.Antifraud.AntifraudClient Client { get; }

    /// <summary>The web port; the gRPC port if there is none.</summary>
    public HttpClient Web { get; }

    public RecordingLog Log { get; }

    /// <summary>Directory of the audit log, unless the settings gave another one.</summary>
    public string Audit => _audit.FullName;

    public IServiceProvider Services => _application.Services;

    public static Task<ServiceHost> StartAsync(params string[] settings) => StartAsync(static _ => { }, settings);

    /// <summary>Starts the service with endpoints of the test's own.</summary>
    public static Task<ServiceHost> StartAsync(Action<WebApplication> map, params string[] settings) =>
        StartAsync(AntifraudHost.BuildAsync, map, settings);

    /// <summary>Starts a service that is put together in another way.</summary>
    public static async Task<ServiceHost> StartAsync(Func<string[], Task<WebApplication>> build, Action<WebApplication> map, params string[] settings)
    {
        var log = new RecordingLog();
        var audit = Directory.CreateTempSubdirectory("antifraud-audit-");
        string[] defaults =
        [
            "--Antifraud:Listen:Grpc=http://127.0.0.1:0",
            "--Antifraud:Listen:Web=http://127.0.0.1:0",
            $"--Antifraud:Keys:MasterKey={MasterKey}",
            $"--Antifraud:Policy:Path={ProbePolicy.File}",
            "--Antifraud:Store:Kind=Memory",
            "--Antifraud:Store:Embedded:MemoryBytes=67108864",

            // A busy build machine is no slow store: as long as is allowed.
            "--Antifraud:Gate:StoreTimeout=00:00:01",
            "--Logging:Console:LogLevel:Default=None",
            $"--Antifraud:Audit:Directory={audit.FullName}",
            "--Antifraud:Archive:Directory=",

            // What the host does to its process it would do to that of the tests.
            "--Antifraud:Process:AllowDumps=true",
        ];
        WebApplication? application = null;
        try
        {
            application = await build([.. defaults, .. settings]);
            application.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
            map(application);
            await application.StartAsync();
            return new ServiceHost(application, log, audit);
        }
        catch
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            audit.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>A connection that shares nothing with others and goes past any proxy.</summary>
    public static GrpcChannel Connect(Uri address, Action<SocketsHttpHandler>? configure = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, EnableMultipleHttp2Connections = true };
        configure?.Invoke(handler);
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Web.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _audit.Delete(recursive: true);
    }
}
