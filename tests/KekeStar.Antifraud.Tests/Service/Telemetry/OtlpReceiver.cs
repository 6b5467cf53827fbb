using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Tests.Service.Telemetry;

/// <summary>
/// A collector as far as an exporter can tell: takes what comes over OTLP, by gRPC or by protocol buffers over HTTP, and keeps the
/// bytes as they came.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received;

    private OtlpReceiver(WebApplication application, ConcurrentQueue<(string Path, byte[] Body)> received)
    {
        _application = application;
        _received = received;
    }

    public string Address => _application.Urls.Single();

    public static async Task<OtlpReceiver> StartAsync(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var application = builder.Build();
        var received = new ConcurrentQueue<(string Path, byte[] Body)>();
        application.Run(http => TakeAsync(http, received));
        await application.StartAsync();
        return new OtlpReceiver(application, received);
    }

    /// <summary>The bytes of all messages of a signal (traces, logs, metrics), one character each, so that text in them can be found.</summary>
    public string Text(string signal) => string.Concat(_received
        .Where(message => message.Path.Contains(signal, StringComparison.OrdinalIgnoreCase))
        .Select(static message => Encoding.Latin1.GetString(message.Body)));

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private static async Task TakeAsync(HttpContext http, ConcurrentQueue<(string Path, byte[] Body)> received)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        received.Enqueue((http.Request.Path, body.ToArray()));
        if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            http.Response.ContentType = "application/x-protobuf";
            return;
        }

        // An empty reply: not compressed, length 0; and the status behind it.
        http.Response.ContentType = "application/grpc";
        http.Response.DeclareTrailer("grpc-status");
        await http.Response.Body.WriteAsync(new byte[5]);
        http.Response.AppendTrailer("grpc-status", "0");
    }
}
