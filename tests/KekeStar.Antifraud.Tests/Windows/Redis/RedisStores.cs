using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Redis;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>A single server and the store on it, for all facts of a class.</summary>
public sealed class SingleRedis : IAsyncLifetime
{
    private RedisServerProcess? _server;
    private ConnectionMultiplexer? _reader;

    internal RedisWindowStore Store { get; private set; } = null!;

    internal IDatabase Reader => _reader!.GetDatabase();

    public async Task InitializeAsync()
    {
        _server = await RedisServerProcess.StartAsync();
        _reader = await RedisStores.ConnectClientAsync(_server.EndPoint);
        Store = await RedisStores.ConnectAsync(_server.EndPoint);
    }

    public async Task DisposeAsync() => await RedisStores.DisposeAsync(Store, _reader, _server);
}

/// <summary>A Cluster of three shards and the store on it, for all facts of a class.</summary>
public sealed class ClusterRedis : IAsyncLifetime
{
    private RedisClusterProcesses? _cluster;
    private ConnectionMultiplexer? _reader;

    internal RedisClusterProcesses Cluster => _cluster!;

    internal RedisWindowStore Store { get; private set; } = null!;

    internal IDatabase Reader => _reader!.GetDatabase();

    public async Task InitializeAsync()
    {
        _cluster = await RedisClusterProcesses.StartAsync(RedisClusterProcesses.NoFailOver);
        _reader = await RedisStores.ConnectClientAsync(_cluster.Configuration);
        Store = await RedisStores.ConnectAsync(_cluster.Configuration);
    }

    public async Task DisposeAsync() => await RedisStores.DisposeAsync(Store, _reader, _cluster);
}

/// <summary>A Garnet server on a socket, as another server that speaks the protocol, for all facts of a class.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes it through IAsyncLifetime.")]
public sealed class SocketGarnet : IAsyncLifetime
{
    private Garnet.GarnetServer? _server;
    private ConnectionMultiplexer? _reader;

    internal RedisWindowStore Store { get; private set; } = null!;

    internal IDatabase Reader => _reader!.GetDatabase();

    public async Task InitializeAsync()
    {
        var port = LoopbackPort.Take();
        _server = new Garnet.GarnetServer(new Garnet.server.GarnetServerOptions
        {
            EndPoints = [new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port)],
            DeviceType = Tsavorite.core.DeviceType.RandomAccess,
            CommitFrequencyMs = 0,
        });
        _server.Start();
        var endPoint = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        _reader = await RedisStores.ConnectClientAsync(endPoint);
        Store = await RedisStores.ConnectAsync(endPoint);
    }

    public async Task DisposeAsync()
    {
        await RedisStores.DisposeAsync(Store, _reader);
        _server?.Dispose();
    }
}

internal static class RedisStores
{
    // A store that was not heard from is asked for as many random keys, so that each shard of a Cluster has one.
    private const int KeysOfEveryShard = 32;

    /// <summary>Options for facts that are not about time-outs: no call is given up because the machine is busy.</summary>
    public static RedisStoreOptions PatientOptions(string configuration) => new()
    {
        Configuration = configuration,
        CommandTimeout = Patience.Limit,
        MaintenanceTimeout = Patience.Limit,
        ConnectTimeout = Patience.Limit,
    };

    /// <summary>A store of <see cref="PatientOptions"/>, once it answers.</summary>
    public static async Task<RedisWindowStore> ConnectAsync(string configuration)
    {
        var store = await RedisWindowStore.ConnectAsync(PatientOptions(configuration), NullLogger<RedisWindowStore>.Instance, TimeProvider.System);
        await AnswersAsync(store);
        return store;
    }

    /// <summary>A store with the service's own time-outs, whether its server is there or not: for facts about faults.</summary>
    public static Task<RedisWindowStore> ConnectAsServiceAsync(string configuration) => RedisWindowStore.ConnectAsync(
        new RedisStoreOptions { Configuration = configuration, ConnectTimeout = TimeSpan.FromSeconds(5) }, NullLogger<RedisWindowStore>.Instance, TimeProvider.System);

    /// <summary>Waits until every server of a store answers events: on a busy machine its first try to connect may have failed.</summary>
    public static Task AnswersAsync(RedisWindowStore store) => Patience.UntilAsync(async () =>
    {
        var observation = new Observation();
        var key = new byte[WindowKey.Length];
        for (var i = 0; i < KeysOfEveryShard; i++)
        {
            Random.Shared.NextBytes(key);
            observation.AddRead(key, 0, -1);
        }

        return await store.ObserveAsync(observation, Patience.Limit) is StoreStatus.Ok or StoreStatus.ReadOnly;
    });

    /// <summary>The tests' own connection, beside the store.</summary>
    public static Task<ConnectionMultiplexer> ConnectClientAsync(string configuration)
    {
        var client = ConfigurationOptions.Parse(configuration);
        client.ConnectTimeout = client.SyncTimeout = client.AsyncTimeout = (int)Patience.Limit.TotalMilliseconds;
        return ConnectionMultiplexer.ConnectAsync(client);
    }

    public static async Task DisposeAsync(params IAsyncDisposable?[] all)
    {
        foreach (var one in all)
        {
            if (one is not null)
            {
                await one.DisposeAsync();
            }
        }
    }
}
