using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Tests.Windows.Redis;

namespace KekeStar.Antifraud.Tests.Load;

/// <summary>
/// The generator against the real echo: Kestrel and Grpc.AspNetCore over loopback. It measures for three seconds, and the whole
/// process besides.
/// </summary>
[Collection(nameof(FaultCollection))]
public sealed class LoadRunTests : IAsyncLifetime
{
    private WarmEcho _server = null!;

    [Theory]
    [InlineData(0, nameof(WriteMode.Coalesced))]
    [InlineData(500, nameof(WriteMode.Coalesced))]
    [InlineData(0, nameof(WriteMode.Single))]
    public void Every_echo_comes_back_and_is_what_was_sent(double rate, string writes)
    {
        using var allocations = new AllocationProbe(_server.Address);
        LoadResult result = Run(Options(LoadMethod.Echo) with { Rate = rate, Writes = Enum.Parse<WriteMode>(writes), Allocations = allocations });

        Assert.Empty(result.Errors);

        // At least the request, which the echo takes as an array of its own.
        Assert.True(result.ServerGarbageBytes > result.RequestBytes);
        Assert.True(result.Requests > 0);
        Assert.True(result.VerifiedReplies > 0);
        Assert.InRange(result.P50Ms, 0.001, result.MaxMs);
    }

    [Fact]
    public async Task In_the_open_loop_calls_that_were_due_while_the_server_stood_still_count_their_wait()
    {
        using var way = new StallingProxy(_server.Address, stallAfter: TimeSpan.FromSeconds(1), stall: TimeSpan.FromSeconds(1));

        // One call in flight: a generator that leaves out what it could not send would count the stall in one latency of
        // hundreds, and the 99th percentile would not show it.
        LoadResult result = await Task.Run(() => Run(Options(LoadMethod.Echo) with { Target = way.Address, Connections = 1, Streams = 1, Rate = 200, Warmup = TimeSpan.Zero }));

        Assert.Empty(result.Errors);
        Assert.InRange(result.P99Ms, 800, 60_000);
    }

    [Fact]
    public async Task In_the_open_loop_calls_never_sent_count_their_wait_until_the_end()
    {
        using var way = new StallingProxy(_server.Address, stallAfter: TimeSpan.FromSeconds(1), stall: TimeSpan.FromSeconds(60));

        LoadResult result = await Task.Run(() => Run(Options(LoadMethod.Echo) with { Target = way.Address, Connections = 1, Streams = 1, Rate = 200, Warmup = TimeSpan.Zero }));

        Assert.InRange(result.NeverSent, 100, 600);
        Assert.InRange(result.P99Ms, 1_000, 60_000);
    }

    [Fact]
    public void A_method_that_the_server_lacks_gives_errors_with_the_status_and_no_success()
    {
        LoadResult result = Run(Options(LoadMethod.Score));

        Assert.Equal("grpc-status 12", Assert.Single(result.Errors).Key);
        Assert.Equal(0, result.Requests);
    }

    [Fact]
    public async Task Where_nobody_listens_the_run_ends_with_connection_errors()
    {
        await _server.StopAsync();

        LoadResult result = Run(Options(LoadMethod.Echo));

        Assert.Equal("connection: ConnectionRefused", Assert.Single(result.Errors).Key);
    }

    public async Task InitializeAsync() => _server = await WarmEcho.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private LoadOptions Options(LoadMethod method) => new()
    {
        Target = _server.Address,
        Method = method,
        Duration = TimeSpan.FromSeconds(3),
        Warmup = TimeSpan.FromMilliseconds(500),
        Connections = 2,
        Streams = 8,
    };

    private static LoadResult Run(LoadOptions options) => LoadRun.Run(options, run: 1, progress: static (_, _) => { }, CancellationToken.None);
}
