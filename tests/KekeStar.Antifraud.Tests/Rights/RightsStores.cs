using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>One of the two stores, for all facts of a class; each fact leaves it empty.</summary>
public interface IRightsStore
{
    /// <summary>The store.</summary>
    IWindowStore Store { get; }
}

/// <summary>The embedded store, in memory.</summary>
public sealed class EmbeddedRightsStore : IRightsStore, IAsyncLifetime
{
    private readonly GarnetWindowStore _store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 128L << 20 });

    public IWindowStore Store => _store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();
}

/// <summary>A Redis server.</summary>
public sealed class RedisRightsStore : IRightsStore, IAsyncLifetime
{
    private readonly SingleRedis _redis = new();

    public IWindowStore Store => _redis.Store;

    public Task InitializeAsync() => _redis.InitializeAsync();

    public Task DisposeAsync() => _redis.DisposeAsync();
}
