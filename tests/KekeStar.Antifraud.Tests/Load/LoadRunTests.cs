using System.Net;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Tests.Load;

/// <summary>The generator against the real echo: Kestrel and Grpc.AspNetCore over loopback.</summary>
public sealed class LoadRunTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _address = ChildServer.FreeAddress();
    private Task _server = Task.CompletedTask;

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void Every_echo_comes_back_and_is_what_was_sent(double rate)
    {
        LoadResult result = Run(LoadMethod.Echo, rate);

        Assert.Empty(result.Errors);
        Assert.True(result.Requests > 0);
        Assert.True(result.VerifiedReplies > 0);
        Assert.InRange(result.P50Ms, 0.001, result.MaxMs);
    }

    [Fact]
    public void A_method_that_the_server_lacks_gives_errors_with_the_status_and_no_success()
    {
        LoadResult result = Run(LoadMethod.Score, rate: 0);

        Assert.Equal("grpc-status 12", Assert.Single(result.Errors).Key);
        Assert.Equal(0, result.Requests);
    }

    [Fact]
    public async Task Where_nobody_listens_the_run_ends_with_connection_errors()
    {
        await _stop.CancelAsync();
        await _server;

        LoadResult result = Run(LoadMethod.Echo, rate: 0);

        Assert.Equal("connection: ConnectionRefused", Assert.Single(result.Errors).Key);
    }

    public async Task InitializeAsync()
    {
        _server = EchoServer.RunAsync(_address.Port, _stop.Token);
        using var probe = new System.Net.Sockets.TcpClient();
        for (int attempt = 0; !probe.Connected && attempt < 200; attempt++)
        {
            try
            {
                await probe.ConnectAsync(_address);
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(50);
            }
        }
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server;
    }

    public void Dispose() => _stop.Dispose();

    private LoadResult Run(LoadMethod method, double rate) => LoadRun.Run(
        new LoadOptions
        {
            Target = _address,
            Method = method,
            Duration = TimeSpan.FromSeconds(3),
            Warmup = TimeSpan.FromMilliseconds(500),
            Connections = 2,
            Streams = 8,
            Rate = rate,
        },
        run: 1,
        progress: static (_, _) => { },
        CancellationToken.None);
}
