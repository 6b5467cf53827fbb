using System.Net;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Tests.Load;

/// <summary>
/// The real echo in this process, which has answered already: the first call costs a server the compilation of what answers, and
/// on a busy machine that takes longer than a short measurement.
/// </summary>
internal sealed class WarmEcho : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private WarmEcho() => _running = EchoServer.RunAsync(Address.Port, _stop.Token);

    public IPEndPoint Address { get; } = new(IPAddress.Loopback, LoopbackPort.Take());

    /// <summary>Starts a server and waits until it has answered a call.</summary>
    public static async Task<WarmEcho> StartAsync()
    {
        var server = new WarmEcho();
        var options = new LoadOptions
        {
            Target = server.Address,
            Method = LoadMethod.Echo,
            Duration = TimeSpan.FromMilliseconds(200),
            Warmup = TimeSpan.Zero,
            Connections = 1,
            Streams = 1,
        };
        await Patience.UntilAsync(() => LoadRun.Run(options, run: 0, static (_, _) => { }, CancellationToken.None).Requests > 0);
        return server;
    }

    /// <summary>Stops it; from then on nobody listens.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
