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

    /// <summary>Copies what a crash at this moment would leave.</summary>
    public void CopyTo(StoreFolder other)
    {
        var files = Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var copy = System.IO.Path.Combine(other.Path, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
