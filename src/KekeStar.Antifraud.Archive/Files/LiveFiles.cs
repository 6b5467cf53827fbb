using KekeStar.Antifraud.Archive.Writing;

namespace KekeStar.Antifraud.Archive.Files;

/// <summary>
/// The files of one archive, or of those of several instances, as they lie in their folders, without those that a merged file replaces and
/// a crash, or a moment, has left beside it. Takes no lock: a service may be writing, so a file that is listed may be gone when it is read.
/// </summary>
internal sealed class LiveFiles
{
    private readonly DuckDbEngine _engine;
    private readonly string[] _roots;
    private readonly Dictionary<(string File, string Key), string[]> _metadata = [];

    /// <summary>Lists what is below some folders.</summary>
    /// <param name="engine">Reads the files' metadata.</param>
    /// <param name="roots">The archives' folders.</param>
    public LiveFiles(DuckDbEngine engine, IEnumerable<string> roots)
    {
        _engine = engine;
        _roots = [.. roots.Select(Path.GetFullPath)];
    }

    /// <summary>The hours that have files of a kind, earliest first.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public IReadOnlyList<ArchiveHour> Hours(ArchiveKind kind) =>
        [.. _roots.SelectMany(root => Find(root, kind)).Select(static file => file.Hour).Distinct().Order()];

    /// <summary>The files of a kind that hold rows, by hour and name.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">A merged file cannot be read.</exception>
    public List<ArchiveFile> Of(ArchiveKind kind) => Live([.. _roots.SelectMany(root => Find(root, kind))]);

    /// <summary>The same of one hour.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">A merged file cannot be read.</exception>
    public List<ArchiveFile> Of(ArchiveKind kind, ArchiveHour hour) => Live([.. _roots.SelectMany(root => Find(root, kind, hour))]);

    /// <summary>Reads one entry of a file's metadata, whose parts have commas between; a single empty part: it has none.</summary>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">The file cannot be read.</exception>
    public string[] Metadata(ArchiveFile file, string key)
    {
        // A file never changes, and its name never comes again.
        if (!_metadata.TryGetValue((file.Name, key), out var value))
        {
            value = _engine.Metadata(file.RecordsPath, key).Split(',');
            _metadata.Add((file.Name, key), value);
        }

        return value;
    }

    /// <summary>
    /// Lists and reads, a second time if the first fails: a service that is writing merges files while they are read, and then the new one is found.
    /// </summary>
    /// <param name="read">Lists files and reads them.</param>
    /// <exception cref="IOException">It failed twice.</exception>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">It failed twice.</exception>
    public static T Retried<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is DuckDB.NET.Data.DuckDBException or IOException)
        {
            return read();
        }
    }

    /// <summary>The files of a kind that are there, with those that others replaced and a crash left.</summary>
    /// <param name="root">The archive's folder.</param>
    /// <param name="kind">Which rows they hold.</param>
    public static IEnumerable<ArchiveFile> Find(string root, ArchiveKind kind)
    {
        var rows = new DirectoryInfo(Path.Combine(root, ArchiveFile.FolderOf(kind)));
        if (!rows.Exists)
        {
            yield break;
        }

        foreach (var day in rows.EnumerateDirectories())
        {
            foreach (var folder in day.EnumerateDirectories())
            {
                if (ArchiveHour.TryParse(day.Name, folder.Name, out var hour))
                {
                    foreach (var file in Find(root, kind, hour))
                    {
                        yield return file;
                    }
                }
            }
        }
    }

    /// <summary>Names of the files that others stand in the place of.</summary>
    /// <param name="files">All files of an hour, or of several.</param>
    /// <param name="replaces">Reads which files a merged one names as replaced.</param>
    public static HashSet<string> Replaced(IEnumerable<ArchiveFile> files, Func<ArchiveFile, IEnumerable<string>> replaces) =>
        files.Where(static file => file.IsMerged).SelectMany(replaces).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<ArchiveFile> Find(string root, ArchiveKind kind, ArchiveHour hour)
    {
        var folder = new DirectoryInfo(Path.Combine(root, ArchiveFile.FolderOf(kind), hour.Folder));
        if (!folder.Exists)
        {
            yield break;
        }

        foreach (var found in folder.EnumerateFiles())
        {
            if (ArchiveFile.Parse(root, hour, found.Name, kind) is { } file)
            {
                yield return file;
            }
        }
    }

    private List<ArchiveFile> Live(List<ArchiveFile> files)
    {
        var replaced = Replaced(files, file => Metadata(file, RecordSchema.ReplacesKey));
        return
        [
            .. files
                .Where(file => !replaced.Contains(file.Name))
                .OrderBy(static file => file.Hour)
                .ThenBy(static file => file.Name, StringComparer.Ordinal),
        ];
    }
}
