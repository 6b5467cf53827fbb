using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

/// <summary>A data directory for one test, removed with it.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("antifraud-store-").FullName;

    /// <summary>The smallest bounds, so that tests reach them.</summary>
    public EmbeddedStoreOptions SmallOptions() => new()
    {
        DataDirectory = Path,
        MemoryBytes = EmbeddedStoreOptions.MinMemoryBytes,
        AppendLogBytes = EmbeddedStoreOptions.MinAppendLogBytes,
        MaxDiskBytes = 256L << 20,
    };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
