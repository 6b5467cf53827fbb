using KekeStar.Antifraud.Tests.Windows.Redis;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The store fails under a running service: every call is answered, says why it is degraded, and is full again soon after.</summary>
[Collection(nameof(FaultCollection))]
public sealed class StoreFaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Fault = TimeSpan.FromSeconds(2);

    // Calls that were under way take the load's time-out of 250 ms until it counts as one, and those begun meanwhile as long again.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(600);

    // The promise is one second; a busy build machine gets more.
    private static readonly TimeSpan SoonFull = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("hung", "StoreUnavailable")]
    [InlineData("killed", "StoreUnavailable")]
    [InlineData("replica", "StoreReadOnly")]
    [InlineData("full", "StoreReadOnly")]
    public async Task A_store_that_fails_degrades_every_answer_and_fails_none(string fault, string cause)
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var host = await StartAsync(server.EndPoint);
        await using var load = new ServiceLoad(host, output);
        await load.DuringAsync("cold", Warm);
        Assert.Contains(await load.DuringAsync("before", Warm), call => call.Causes.Length == 0);

        await BreakAsync(server, fault);
        var during = await load.DuringAsync(fault, Fault, Settle);
        Assert.All(during, call => Assert.NotEmpty(call.Causes));

        // On a busy machine a few time out besides, which may count as down for one probe interval.
        Assert.True(during.Count(call => call.Causes == cause) > during.Count * 8 / 10);

        await MendAsync(server, fault);
        await load.UntilFullAsync(SoonFull);
        Assert.True(await IsFullAsync(load), "Answers are degraded again.");
    }

    [Fact]
    public async Task A_store_that_was_never_there_degrades_every_answer_until_it_comes_up()
    {
        await using var server = RedisServerProcess.Prepare();
        await using var host = await StartAsync(server.EndPoint);
        await using var load = new ServiceLoad(host, output);
        Assert.All(await load.DuringAsync("refused", Fault), call => Assert.Equal("StoreUnavailable", call.Causes));

        await server.StartAgainAsync();
        await load.UntilFullAsync(SoonFull);
        Assert.True(await IsFullAsync(load), "Answers are degraded again.");
    }

    [Fact]
    public async Task A_cluster_that_loses_a_primary_degrades_answers_until_the_fail_over_and_fails_none()
    {
        await using var cluster = await RedisClusterProcesses.StartAsync(RedisClusterProcesses.SoonFailOver);
        await using var host = await StartAsync(cluster.Configuration);
        await using var load = new ServiceLoad(host, output);
        await load.DuringAsync("cold", Warm);
        Assert.Contains(await load.DuringAsync("before", Warm), call => call.Causes.Length == 0);

        await (await cluster.PrimariesAsync(cluster.Nodes[0]))[0].KillAsync();
        var during = await load.DuringAsync("one primary killed", TimeSpan.FromSeconds(1.5), Settle);
        Assert.Contains(during, call => call.Causes == "StorePartial");

        await load.UntilFullAsync();
        await Patience.UntilAsync(() => IsFullAsync(load), static () => "Answers are degraded again and again.");
    }

    private static Task<ServiceHost> StartAsync(string redis) => ServiceHost.StartAsync(
        "--Antifraud:Store:Kind=redis",
        $"--Antifraud:Store:Redis:Configuration={redis}",
        $"--Antifraud:Gate:StoreTimeout={ServiceLoad.StoreTimeout:c}");

    private static Task BreakAsync(RedisServerProcess server, string fault)
    {
        switch (fault)
        {
            case "hung":
                server.Hang();
                return Task.CompletedTask;
            case "killed":
                return server.KillAsync();
            case "replica":
                return server.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
            default:
                return FillAsync(server);
        }
    }

    private static async Task FillAsync(RedisServerProcess server)
    {
        await server.ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await server.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb");
    }

    private static Task MendAsync(RedisServerProcess server, string fault)
    {
        switch (fault)
        {
            case "hung":
                server.Continue();
                return Task.CompletedTask;
            case "killed":
                return server.StartAgainAsync();
            case "replica":
                return server.ExecuteAsync("REPLICAOF", "NO", "ONE");
            default:
                return server.ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        }
    }

    /// <summary>Whether nine in ten answers are full; the rest is a busy machine's.</summary>
    private static async Task<bool> IsFullAsync(ServiceLoad load)
    {
        var after = await load.DuringAsync("after", Warm);
        return after.Count(call => call.Causes.Length == 0) > after.Count * 9 / 10;
    }
}
