using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>
/// Removes what is past its time, and the oldest where there are too many bytes. An hour goes as a whole when its first moment is
/// past retention, so no record outlives it.
/// </summary>
internal sealed class Retention
{
    private readonly ArchiveCatalog[] _catalogs;
    private readonly ArchiveOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Keeps the catalogues of one archive to its options.</summary>
    public Retention(ArchiveCatalog[] catalogs, ArchiveOptions options, TimeProvider time)
    {
        _catalogs = catalogs;
        _options = options;
        _time = time;
    }

    /// <summary>Removes what is to go.</summary>
    /// <returns>Hours that went because there were too many bytes.</returns>
    public int Apply()
    {
        var now = _time.GetUtcNow();
        var earliest = now - TimeSpan.FromDays(_options.RetentionDays);
        foreach (var hour in Hours().TakeWhile(hour => hour.Start < earliest))
        {
            Remove(hour);
        }

        var removed = 0;
        var current = ArchiveHour.Of(now);
        var bytes = _catalogs.Sum(static catalog => catalog.Bytes);
        foreach (var hour in Hours().TakeWhile(hour => hour < current))
        {
            if (bytes <= _options.MaxBytes)
            {
                break;
            }

            bytes -= _catalogs.SelectMany(catalog => catalog.FilesOf(hour)).Sum(static file => file.Bytes);
            Remove(hour);
            removed++;
        }

        Array.ForEach(_catalogs, static catalog => catalog.RemoveRetired());
        return removed;
    }

    private IReadOnlyList<ArchiveHour> Hours() => [.. _catalogs.SelectMany(static catalog => catalog.Hours()).Distinct().Order()];

    private void Remove(ArchiveHour hour) => Array.ForEach(_catalogs, catalog => catalog.Replace(catalog.FilesOf(hour), replacement: null));
}
