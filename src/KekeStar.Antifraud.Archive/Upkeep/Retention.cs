using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>
/// Removes what is past its time, and the oldest where there are too many bytes. An hour goes as a whole when its first moment is
/// past retention, so no record outlives it.
/// </summary>
internal sealed class Retention
{
    private readonly ArchiveCatalog _catalog;
    private readonly ArchiveOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Keeps a catalogue to its options.</summary>
    public Retention(ArchiveCatalog catalog, ArchiveOptions options, TimeProvider time)
    {
        _catalog = catalog;
        _options = options;
        _time = time;
    }

    /// <summary>Removes what is to go.</summary>
    /// <returns>Hours that went because there were too many bytes.</returns>
    public int Apply()
    {
        var now = _time.GetUtcNow();
        var earliest = now - TimeSpan.FromDays(_options.RetentionDays);
        foreach (var hour in _catalog.Hours().TakeWhile(hour => hour.Start < earliest))
        {
            Remove(hour);
        }

        var removed = 0;
        var current = ArchiveHour.Of(now);
        var bytes = _catalog.Bytes;
        foreach (var hour in _catalog.Hours().TakeWhile(hour => hour < current))
        {
            if (bytes <= _options.MaxBytes)
            {
                break;
            }

            bytes -= _catalog.FilesOf(hour).Sum(static file => file.Bytes);
            Remove(hour);
            removed++;
        }

        _catalog.RemoveRetired();
        return removed;
    }

    private void Remove(ArchiveHour hour) => _catalog.Replace(_catalog.FilesOf(hour), replacement: null);
}
