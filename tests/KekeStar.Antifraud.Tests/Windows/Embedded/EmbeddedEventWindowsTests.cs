using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

/// <summary>The windows over the embedded store, with its append-only file on disk.</summary>
public sealed class EmbeddedEventWindowsTests(EmbeddedOnDisk store) : EventWindowsOracleTests, IClassFixture<EmbeddedOnDisk>
{
    private protected override IWindowStore Store => store.Store;
}

/// <summary>One embedded store on disk for all facts of a class.</summary>
public sealed class EmbeddedOnDisk : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly GarnetWindowStore _store;

    public EmbeddedOnDisk() => _store = GarnetWindowStore.Open(_folder.SmallOptions());

    internal IWindowStore Store => _store;

    public void Dispose()
    {
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }
}
