using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Redis;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>One Redis that hangs, dies, turns read-only or was never there, under load: how events are answered meanwhile and after.</summary>
[Collection(nameof(FaultCollection))]
public sealed class SingleRedisFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Fault = TimeSpan.FromSeconds(3);
    // Calls that were under way take the load's time-out of 250 ms until it counts as one, and those begun meanwhile as long again.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan SoonWhole = TimeSpan.FromSeconds(1);

    private RedisServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await RedisServerProcess.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    // The client keeps a silent connection for about four seconds and then tries new ones, which hang too.
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public async Task A_hung_server_costs_time_outs_at_first_and_nothing_then(int seconds)
    {
        await using var store = await RedisStores.ConnectAsServiceAsync(_server.EndPoint);
        await using var load = new GateLoad(store, output);
        await WarmAsync(load);

        _server.Hang();
        var beginning = await load.DuringAsync("hung, at first", Settle);
        var during = await load.DuringAsync("hung", TimeSpan.FromSeconds(seconds));
        Assert.Contains(beginning.Concat(during), call => call.Status == StoreStatus.Timeout);
        Assert.All(during, call => Assert.True(call.Status is StoreStatus.Timeout or StoreStatus.Unavailable));
        load.AssertBounded([.. beginning, .. during]);

        _server.Continue();
        await IsWholeAsync(load);
        await NoKeyStaysAsync();
    }

    [Fact]
    public async Task A_killed_server_is_unavailable_and_back_as_soon_as_it_is_started_again()
    {
        await using var store = await RedisStores.ConnectAsServiceAsync(_server.EndPoint);
        await using var load = new GateLoad(store, output);
        await WarmAsync(load);

        await _server.KillAsync();
        var during = await load.DuringAsync("killed", Fault, Settle);
        Assert.All(during, call => Assert.Equal(StoreStatus.Unavailable, call.Status));
        load.AssertBounded(during);

        await _server.StartAgainAsync();
        await IsWholeAsync(load);
        await NoKeyStaysAsync();
    }

    [Fact]
    public async Task A_server_made_a_replica_is_read_only_and_still_read()
    {
        await using var store = await RedisStores.ConnectAsServiceAsync(_server.EndPoint);
        await using var load = new GateLoad(store, output);
        await WarmAsync(load);

        await _server.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
        var during = await load.DuringAsync("replica", Fault, Settle);
        AssertReadOnly(during);
        load.AssertBounded(during);
        Assert.Equal(StoreStatus.ReadOnly, await store.PingAsync(Patience.Limit));
        Assert.Equal(StoreStatus.ReadOnly, await store.AppendAsync("k"u8.ToArray(), "v"u8.ToArray(), WindowLimits.Retention, Patience.Limit));

        // The client tears its connection down over a transaction towards a known replica.
        var replace = await store.ReplaceAsync("k"u8.ToArray(), default, "v"u8.ToArray(), WindowLimits.Retention, Patience.Limit);
        Assert.True(replace is { Replaced: false, Status: StoreStatus.ReadOnly or StoreStatus.Unavailable });

        await _server.ExecuteAsync("REPLICAOF", "NO", "ONE");
        await IsWholeAsync(load);
        await NoKeyStaysAsync();
    }

    [Fact]
    public async Task A_replica_that_lets_itself_be_written_to_is_not()
    {
        await _server.ExecuteAsync("CONFIG", "SET", "replica-read-only", "no");
        await _server.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
        await using var store = await RedisStores.ConnectAsync(_server.EndPoint);
        var observation = new Observation();
        observation.AddAppend("k"u8, default(WindowRecord), WindowLimits.Retention, -9216, -1);
        observation.AddAppend("l"u8, default(WindowRecord), WindowLimits.Retention, 1, 0);

        Assert.Equal(StoreStatus.ReadOnly, await store.ObserveAsync(observation, Patience.Limit));

        Assert.True(observation.IsAnswered(0) && observation.IsAnswered(1));
        Assert.Equal(0, (int)await _server.ExecuteAsync("EXISTS", "k", "l"));
    }

    [Fact]
    public async Task A_full_server_is_read_only_and_still_read()
    {
        await using var store = await RedisStores.ConnectAsServiceAsync(_server.EndPoint);
        await using var load = new GateLoad(store, output);
        await WarmAsync(load);

        await _server.ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await _server.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb");
        var during = await load.DuringAsync("full", Fault, Settle);
        AssertReadOnly(during);
        load.AssertBounded(during);
        Assert.Equal(StoreStatus.ReadOnly, await store.PingAsync(Patience.Limit));
        Assert.Equal(StoreStatus.ReadOnly, await store.AppendAsync("k"u8.ToArray(), "v"u8.ToArray(), WindowLimits.Retention, Patience.Limit));
        Assert.Equal(
            new StoreReplace(StoreStatus.ReadOnly, false),
            await store.ReplaceAsync("k"u8.ToArray(), default, "v"u8.ToArray(), WindowLimits.Retention, Patience.Limit));

        await _server.ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        await IsWholeAsync(load);
        await NoKeyStaysAsync();
    }

    [Fact]
    public async Task A_store_that_was_never_there_is_unavailable_until_it_comes_up()
    {
        await using var late = RedisServerProcess.Prepare();
        await using var store = await RedisStores.ConnectAsServiceAsync(late.EndPoint);
        await using var load = new GateLoad(store, output);

        var during = await load.DuringAsync("refused", Fault);
        Assert.All(during, call => Assert.Equal(StoreStatus.Unavailable, call.Status));
        load.AssertBounded(during);
        Assert.Equal(StoreStatus.Unavailable, await store.PingAsync(Patience.Limit));
        Assert.Equal(StoreStatus.Unavailable, (await store.ReadAsync("k"u8.ToArray(), 0, Patience.Limit)).Status);

        await late.StartAgainAsync();
        await IsWholeAsync(load);
    }

    // A few calls may be late on a busy machine, or fall into the moment in which the client learns of the server's new
    // role. None may be taken for whole.
    private static void AssertReadOnly(IReadOnlyList<GateLoad.Call> calls)
    {
        Assert.DoesNotContain(calls, call => call.Status is StoreStatus.Ok or StoreStatus.Partial);
        Assert.True(calls.Count(call => call.Status == StoreStatus.ReadOnly && call.Answered == call.Entries) > calls.Count * 9 / 10);
    }

    private static async Task WarmAsync(GateLoad load)
    {
        await load.DuringAsync("cold", Warm);
        Assert.Contains(await load.DuringAsync("before", Warm), call => call.Status == StoreStatus.Ok);
    }

    private async Task NoKeyStaysAsync() => Assert.Empty(await EternalKeys.OfAsync([_server]));

    private static async Task IsWholeAsync(GateLoad load)
    {
        await load.UntilWholeAsync(SoonWhole);
        var after = await load.DuringAsync("after", Fault / 2, Settle);
        Assert.True(after.Count(call => call.Status == StoreStatus.Ok) > after.Count / 2);
    }
}
