using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

public sealed class GarnetWindowStoreInMemoryConformanceTests : WindowStoreConformance, IAsyncLifetime
{
    private readonly GarnetWindowStore _store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });

    private protected override IWindowStore Store => _store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    private protected override ValueTask<TimeSpan?> TimeToLiveAsync(byte[] key) => new(_store.TimeToLive(key));
}
