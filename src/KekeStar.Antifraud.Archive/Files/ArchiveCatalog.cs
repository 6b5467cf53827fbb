namespace KekeStar.Antifraud.Archive.Files;

/// <summary>
/// Which files are the archive, as one consistent set: where a file takes the place of others, a reader sees either it or
/// them. A file that was replaced goes when its last reader is done.
/// </summary>
internal sealed class ArchiveCatalog
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ArchiveHour, List<ArchiveFile>> _hours = [];
    private readonly List<ArchiveFile> _retired = [];

    /// <summary>Makes an empty catalogue.</summary>
    /// <param name="root">The archive's folder.</param>
    /// <param name="kind">Which rows its files hold. Default: records.</param>
    public ArchiveCatalog(string root, ArchiveKind kind = ArchiveKind.Records)
    {
        Root = Path.GetFullPath(root);
        Kind = kind;
    }

    /// <summary>Which rows its files hold.</summary>
    public ArchiveKind Kind { get; }

    /// <summary>The archive's folder.</summary>
    public string Root { get; }

    /// <summary>Number of files that are read.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _hours.Values.Sum(static files => files.Count);
            }
        }
    }

    /// <summary>Bytes of all files, those to go included.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _hours.Values.SelectMany(static files => files).Sum(static file => file.Bytes) + _retired.Sum(static file => file.Bytes);
            }
        }
    }

    /// <summary>The hours that have files, earliest first.</summary>
    public ArchiveHour[] Hours()
    {
        lock (_lock)
        {
            return [.. _hours.Keys];
        }
    }

    /// <summary>The files of an hour, in the order of their names: that in which they were written.</summary>
    public ArchiveFile[] FilesOf(ArchiveHour hour)
    {
        lock (_lock)
        {
            return _hours.TryGetValue(hour, out var files) ? [.. files] : [];
        }
    }

    /// <summary>The files of an hour that were replaced and are still there.</summary>
    public ArchiveFile[] RetiredOf(ArchiveHour hour)
    {
        lock (_lock)
        {
            return [.. _retired.Where(file => file.Hour == hour)];
        }
    }

    /// <summary>Knows all files anew.</summary>
    public void Reset(IEnumerable<ArchiveFile> files)
    {
        lock (_lock)
        {
            _hours.Clear();
            _retired.Clear();
            foreach (var file in files)
            {
                Insert(file);
            }
        }
    }

    /// <summary>Adds a file that is on disk.</summary>
    public void Add(ArchiveFile file)
    {
        lock (_lock)
        {
            Insert(file);
        }
    }

    /// <summary>Puts a file in the place of others, or nothing.</summary>
    public void Replace(IReadOnlyCollection<ArchiveFile> old, ArchiveFile? replacement)
    {
        lock (_lock)
        {
            foreach (var file in old)
            {
                if (_hours.TryGetValue(file.Hour, out var files) && files.Remove(file))
                {
                    file.IsRetired = true;
                    _retired.Add(file);
                    if (files.Count == 0)
                    {
                        _hours.Remove(file.Hour);
                    }
                }
            }

            if (replacement is not null)
            {
                Insert(replacement);
            }
        }

        RemoveRetired();
    }

    /// <summary>Takes the files of a range of time.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment behind the last.</param>
    public ArchiveSnapshot Take(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_lock)
        {
            var hours = _hours
                .Where(hour => hour.Key.End > from && hour.Key.Start < to)
                .OrderByDescending(static hour => hour.Key)
                .Select(static hour => hour.Value.ToArray())
                .ToArray();
            foreach (var file in hours.SelectMany(static hour => hour))
            {
                file.Readers++;
            }

            return new ArchiveSnapshot(this, hours);
        }
    }

    /// <summary>Waits until files that were replaced are gone.</summary>
    /// <returns>False if one is still there at the end.</returns>
    public async Task<bool> WhenGoneAsync(IReadOnlyCollection<ArchiveFile> files, TimeSpan limit, CancellationToken cancellation)
    {
        var until = DateTime.UtcNow + limit;
        while (files.Any(static file => File.Exists(file.RecordsPath)))
        {
            if (DateTime.UtcNow > until)
            {
                return false;
            }

            await Task.Delay(ArchiveLimits.DrainInterval, cancellation);
            RemoveRetired();
        }

        return true;
    }

    /// <summary>Removes the files that were replaced and that nobody reads any more.</summary>
    public void RemoveRetired()
    {
        ArchiveFile[] going;
        lock (_lock)
        {
            going = [.. _retired.Where(static file => file.Readers == 0)];
        }

        foreach (var file in going)
        {
            if (TryRemove(file))
            {
                lock (_lock)
                {
                    _retired.Remove(file);
                }
            }
        }
    }

    /// <summary>Called by a snapshot: its files have one reader less.</summary>
    internal void Release(IReadOnlyCollection<ArchiveFile> files)
    {
        bool hasRetired;
        lock (_lock)
        {
            foreach (var file in files)
            {
                file.Readers--;
            }

            hasRetired = _retired.Count > 0;
        }

        if (hasRetired)
        {
            RemoveRetired();
        }
    }

    private static bool TryRemove(ArchiveFile file)
    {
        try
        {
            Delete(file.RecordsPath);
            Delete(file.RollUpPath);
            Delete(file.SuspectsPath);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Upkeep tries again.
            return false;
        }
    }

    // There may be no roll-ups or suspects yet, nor a folder for them.
    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        RemoveIfEmpty(Path.GetDirectoryName(path)!);
    }

    // The hour's folder, then the day's. The writer makes them anew where it needs them, and tries again if one went meanwhile.
    private static void RemoveIfEmpty(string folder)
    {
        for (var level = 0; level < 2 && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any(); level++)
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }

    private void Insert(ArchiveFile file)
    {
        if (!_hours.TryGetValue(file.Hour, out var files))
        {
            _hours.Add(file.Hour, files = []);
        }

        // A merged file holds what was written before the parts that are still there.
        files.Add(file);
        files.Sort(static (left, right) => left.IsMerged != right.IsMerged
            ? right.IsMerged.CompareTo(left.IsMerged)
            : string.CompareOrdinal(left.Name, right.Name));
    }
}
