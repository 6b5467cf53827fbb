using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

public sealed class GarnetWindowStoreOnDiskConformanceTests : WindowStoreConformance, IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly GarnetWindowStore _store;

    public GarnetWindowStoreOnDiskConformanceTests() => _store = GarnetWindowStore.Open(_folder.SmallOptions());

    private protected override IWindowStore Store => _store;

    public void Dispose()
    {
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }

    private protected override ValueTask<TimeSpan?> TimeToLiveAsync(byte[] key) => new(_store.TimeToLive(key));
}
