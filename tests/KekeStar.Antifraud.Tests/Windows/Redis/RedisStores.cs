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
        _reader = await ConnectionMultiplexer.ConnectAsync(_server.EndPoint);
        Store = await RedisStores.ConnectAsync(_server.EndPoint, RedisStores.Patience);
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
        _cluster = await RedisClusterProcesses.StartAsync();
        _reader = await ConnectionMultiplexer.ConnectAsync(_cluster.Configuration);
        Store = await RedisStores.ConnectAsync(_cluster.Configuration, RedisStores.Patience);
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
        var port = RedisServerProcess.FreePort();
        _server = new Garnet.GarnetServer(new Garnet.server.GarnetServerOptions
        {
            EndPoints = [new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port)],
            DeviceType = Tsavorite.core.DeviceType.RandomAccess,
            CommitFrequencyMs = 0,
        });
        _server.Start();
        var endPoint = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        _reader = await ConnectionMultiplexer.ConnectAsync(endPoint);
        Store = await RedisStores.ConnectAsync(endPoint, RedisStores.Patience);
    }

    public async Task DisposeAsync()
    {
        await RedisStores.DisposeAsync(Store, _reader);
        _server?.Dispose();
    }
}

internal static class RedisStores
{
    /// <summary>Command time-out for facts that are not about time-outs, on a machine that may be busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Task<RedisWindowStore> ConnectAsync(string configuration, TimeSpan? commandTimeout = null) =>
        RedisWindowStore.ConnectAsync(
            new RedisStoreOptions
            {
                Configuration = configuration,
                CommandTimeout = commandTimeout ?? new RedisStoreOptions().CommandTimeout,

                // A busy machine may take long to connect; facts begin with a store that is there, if it is.
                ConnectTimeout = Patience,
            },
            NullLogger<RedisWindowStore>.Instance,
            TimeProvider.System);

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
