using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>One of the two stores, for all facts of a class; each fact leaves it empty.</summary>
public interface IRightsStore
{
    /// <summary>The store.</summary>
    IWindowStore Store { get; }

    /// <summary>Time that a key has left; null: it does not exist.</summary>
    Task<TimeSpan?> TimeToLiveAsync(byte[] key);

    /// <summary>Every key that exists, whoever wrote it; null: the store has no command for that.</summary>
    IEnumerable<byte[]>? AllKeys();

    /// <summary>Empties the store; false: it has no command for that.</summary>
    Task<bool> TryClearAsync();
}

/// <summary>The embedded store, in memory.</summary>
public sealed class EmbeddedRightsStore : IRightsStore, IAsyncLifetime
{
    // What is removed leaves no room at once, and the store takes no more when it is full: long runs need a new one.
    private const int ClearsOfOne = 300;

    private GarnetWindowStore _store = Open();
    private int _clears;

    public IWindowStore Store => _store;

    public Task<TimeSpan?> TimeToLiveAsync(byte[] key) => Task.FromResult(_store.TimeToLive(key));

    public IEnumerable<byte[]>? AllKeys() => null;

    public async Task<bool> TryClearAsync()
    {
        if (++_clears % ClearsOfOne != 0)
        {
            return false;
        }

        await _store.DisposeAsync();
        _store = Open();
        return true;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    private static GarnetWindowStore Open() => GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 128L << 20 });
}

/// <summary>A Redis server.</summary>
public sealed class RedisRightsStore : IRightsStore, IAsyncLifetime
{
    private readonly SingleRedis _redis = new();

    public IWindowStore Store => _redis.Store;

    // Minus one millisecond: no expiry at all.
    public async Task<TimeSpan?> TimeToLiveAsync(byte[] key) =>
        (long)await _redis.Reader.ExecuteAsync("PTTL", (RedisKey)key) is var left and not -2 ? TimeSpan.FromMilliseconds(left) : null;

    public IEnumerable<byte[]>? AllKeys() => _redis.Reader.Multiplexer.GetServers()[0].Keys().Select(static key => (byte[])key!);

    public async Task<bool> TryClearAsync()
    {
        await _redis.Reader.KeyDeleteAsync([.. _redis.Reader.Multiplexer.GetServers()[0].Keys(pageSize: 1000)]);
        return true;
    }

    public Task InitializeAsync() => _redis.InitializeAsync();

    public Task DisposeAsync() => _redis.DisposeAsync();
}
