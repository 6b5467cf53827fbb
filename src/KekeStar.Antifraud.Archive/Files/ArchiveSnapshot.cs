namespace KekeStar.Antifraud.Archive.Files;

/// <summary>The files of a range of time as they are at one moment, latest hour first; none of them goes before this is disposed of.</summary>
internal sealed class ArchiveSnapshot : IDisposable
{
    private readonly ArchiveCatalog _catalog;
    private readonly ArchiveFile[] _files;

    /// <summary>Holds files of a catalogue that counted this as their reader.</summary>
    internal ArchiveSnapshot(ArchiveCatalog catalog, ArchiveFile[][] hours)
    {
        _catalog = catalog;
        Hours = hours;
        _files = [.. hours.SelectMany(static hour => hour)];
    }

    /// <summary>The files by hour.</summary>
    public ArchiveFile[][] Hours { get; }

    /// <summary>All files.</summary>
    public IReadOnlyList<ArchiveFile> Files => _files;

    /// <inheritdoc/>
    public void Dispose() => _catalog.Release(_files);
}
