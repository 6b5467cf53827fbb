using KekeStar.Antifraud.Windows;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>A Cluster of three shards that loses a primary under load: the other shards do not notice, the fail-over makes it whole.</summary>
[Collection(nameof(FaultCollection))]
public sealed class ClusterRedisFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    // Less than the node time-out of two seconds: no fail-over can have happened yet.
    private static readonly TimeSpan BeforeFailOver = TimeSpan.FromSeconds(1.5);

    private RedisClusterProcesses _cluster = null!;

    public async Task InitializeAsync() => _cluster = await RedisClusterProcesses.StartAsync(RedisClusterProcesses.SoonFailOver);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task With_a_primary_killed_the_other_shards_are_answered_and_the_fail_over_makes_it_whole()
    {
        await using var store = await RedisStores.ConnectAsServiceAsync(_cluster.Configuration);
        await using var load = new GateLoad(store, output);
        await load.DuringAsync("cold", Warm);
        Assert.Contains(await load.DuringAsync("before", Warm), call => call.Status == StoreStatus.Ok);

        var killed = (await _cluster.PrimariesAsync(_cluster.Nodes[0]))[0];
        await killed.KillAsync();
        AssertPartial(load, await load.DuringAsync("one primary killed", BeforeFailOver, Settle));

        await load.UntilWholeAsync();
        await IsWholeAsync(load);

        await killed.StartAgainAsync();
        await IsWholeAsync(load);
        Assert.Empty(await EternalKeys.OfAsync(_cluster.Nodes));
    }

    [Fact]
    public async Task With_a_primary_hung_the_other_shards_are_answered_and_all_are_when_it_goes_on()
    {
        await using var store = await RedisStores.ConnectAsServiceAsync(_cluster.Configuration);
        await using var load = new GateLoad(store, output);
        await load.DuringAsync("cold", Warm);

        var hung = (await _cluster.PrimariesAsync(_cluster.Nodes[0]))[1];
        hung.Hang();
        AssertPartial(load, await load.DuringAsync("one primary hung", BeforeFailOver, Settle));

        await load.UntilWholeAsync();
        await IsWholeAsync(load);
        hung.Continue();
        await load.DuringAsync("goes on", Warm);
        await IsWholeAsync(load);
        Assert.Empty(await EternalKeys.OfAsync(_cluster.Nodes));
    }

    private static void AssertPartial(GateLoad load, IReadOnlyList<GateLoad.Call> calls)
    {
        // A call whose entries all lie on the two other shards is whole; one whose entries all lie on the lost shard
        // gets no answer. With eight random entries both are rare.
        Assert.True(calls.Count(call => call.Status == StoreStatus.Partial) > calls.Count * 3 / 4);
        Assert.All(calls.Where(call => call.Status == StoreStatus.Partial), call => Assert.InRange(call.Answered, 1, call.Entries - 1));

        // Two of three shards answer.
        Assert.InRange(calls.Average(call => (double)call.Answered / call.Entries), 0.5, 0.85);
        load.AssertBounded(calls);
    }

    private static async Task IsWholeAsync(GateLoad load)
    {
        await load.DuringAsync("settling", Warm);
        var after = await load.DuringAsync("after", Warm);

        // With a shard away about one call in twenty-five is whole.
        Assert.True(after.Count(call => call.Status == StoreStatus.Ok) > after.Count / 2);
    }
}
