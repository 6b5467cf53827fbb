using System.Globalization;
using DuckDB.NET.Data;

namespace KekeStar.Antifraud.Archive.Files;

/// <summary>
/// The files of one archive, or of those of several instances, as they lie there, in slices of few rows, so that the archive may be of any
/// length. Takes no lock: a service may be writing it. Not thread safe.
/// </summary>
internal sealed class ReadOnlyArchives
{
    private readonly DuckDbEngine _engine;
    private readonly IReadOnlyList<string> _roots;
    private readonly LiveFiles _files;

    /// <summary>Reads the archives below some folders.</summary>
    /// <param name="engine">Reads the files.</param>
    /// <param name="roots">The archives' folders.</param>
    public ReadOnlyArchives(DuckDbEngine engine, IReadOnlyList<string> roots)
    {
        _engine = engine;
        _roots = [.. roots.Select(Path.GetFullPath)];
        _files = new LiveFiles(engine, _roots);
    }

    /// <summary>The hours that have files of a kind, earliest first.</summary>
    /// <exception cref="ArchiveException">A folder cannot be read.</exception>
    public IReadOnlyList<ArchiveHour> Hours(ArchiveKind kind) => Asked(() => _files.Hours(kind));

    /// <summary>Which hours of decisions there are between two moments; a moment left out is the archive's first, or behind its last.</summary>
    /// <param name="from">The first moment; null: the archive's.</param>
    /// <param name="to">The moment behind the last; null: the archive's end.</param>
    /// <returns>Where the archive begins, and the range.</returns>
    /// <exception cref="ArchiveException">There is no folder, no decision, or none between them.</exception>
    public (DateTimeOffset Archive, DateTimeOffset From, DateTimeOffset To) Range(DateTimeOffset? from, DateTimeOffset? to)
    {
        foreach (var folder in _roots)
        {
            if (!Directory.Exists(folder))
            {
                throw new ArchiveException($"There is no folder '{folder}'.");
            }
        }

        var hours = Hours(ArchiveKind.Records);
        if (hours.Count == 0)
        {
            throw new ArchiveException($"There are no recorded decisions in {Names}.");
        }

        var (first, last) = (hours[0].Start, hours[^1].End);
        var (begin, end) = (from ?? first, to ?? last);
        if (begin >= end)
        {
            throw new ArchiveException(string.Create(CultureInfo.InvariantCulture, $"The range from {begin:u} to {end:u} is empty."));
        }

        return begin >= last || end <= first
            ? throw new ArchiveException(string.Create(
                CultureInfo.InvariantCulture, $"The archive holds decisions from {first:u} to {last:u}, none from {begin:u} to {end:u}."))
            : (first, begin, end);
    }

    /// <summary>The folders, for messages.</summary>
    public string Names => string.Join(", ", _roots.Select(static folder => $"'{folder}'"));

    /// <summary>The files of an hour.</summary>
    public List<ArchiveFile> FilesOf(ArchiveKind kind, ArchiveHour hour) => _files.Of(kind, hour);

    /// <summary>One entry of a file's metadata, at its commas.</summary>
    public string[] Metadata(ArchiveFile file, string key) => _files.Metadata(file, key);

    /// <summary>The columns of a file.</summary>
    public List<string> ColumnsOf(ArchiveFile file) =>
        _engine.Query($"SELECT name FROM parquet_schema({DuckDbEngine.Quote(file.RecordsPath)})", static reader => reader.GetString(0));

    /// <summary>Which of some files have a column.</summary>
    public HashSet<string> PathsWith(IEnumerable<ArchiveFile> files, string column) => _engine.Query(
        $"SELECT DISTINCT file_name FROM parquet_schema([{string.Join(", ", files.Select(static file => DuckDbEngine.Quote(file.RecordsPath)))}]) WHERE name = {DuckDbEngine.Quote(column)}",
        static reader => reader.GetString(0)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads in the order of time, in slices of at most <see cref="ArchiveLimits.SliceRows"/> rows, as long as no second has more.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment behind the last.</param>
    /// <param name="kinds">Whose rows are read.</param>
    /// <param name="check">Looks at an hour before it is read.</param>
    /// <param name="read">Reads a slice: an hour's rows from a Unix millisecond up to another.</param>
    /// <exception cref="ArchiveException">A file cannot be read.</exception>
    public IEnumerable<T> Read<T>(
        DateTimeOffset from, DateTimeOffset to, IReadOnlyList<ArchiveKind> kinds, Action<ArchiveHour> check, Func<ArchiveHour, long, long, List<T>> read)
    {
        var hours = kinds.SelectMany(Hours).Distinct().Order().Where(hour => hour.End > from && hour.Start < to);
        foreach (var hour in hours)
        {
            var slices = Asked(() =>
            {
                check(hour);
                return Slices(hour, Later(from, hour.Start), Earlier(to, hour.End), kinds);
            });
            foreach (var (begin, end) in slices)
            {
                foreach (var row in Asked(() => read(hour, begin, end)))
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary>Asks again once where files changed meanwhile: a service that is writing merges them, and the second time the new file is found.</summary>
    /// <exception cref="ArchiveException">They cannot be read.</exception>
    public static T Asked<T>(Func<T> ask)
    {
        try
        {
            return LiveFiles.Retried(ask);
        }
        catch (Exception fault) when (fault is DuckDBException or IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"The archive cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The condition of a range of Unix milliseconds.</summary>
    public static string Within(long from, long to) =>
        string.Create(CultureInfo.InvariantCulture, $"time >= epoch_ms({from}::BIGINT) AND time < epoch_ms({to}::BIGINT)");

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private List<(long Begin, long End)> Slices(ArchiveHour hour, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<ArchiveKind> kinds)
    {
        const long Second = 1_000;
        var union = string.Join(
            " UNION ALL ",
            kinds.SelectMany(kind => FilesOf(kind, hour)).Select(static file => $"SELECT time FROM {DuckDbEngine.Read([file.RecordsPath])}"));
        if (union.Length == 0)
        {
            return [];
        }

        var (first, last) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var counts = _engine.Query(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT epoch_ms(time) // {Second} AS second, count(*) FROM ({union}) WHERE {Within(first, last)} GROUP BY second ORDER BY second
                """),
            static reader => (Begin: reader.GetInt64(0) * Second, Count: reader.GetInt64(1)));
        var slices = new List<(long, long)>();
        var (begin, rows) = (first, 0L);
        foreach (var (second, count) in counts)
        {
            if (rows > 0 && rows + count > ArchiveLimits.SliceRows)
            {
                slices.Add((begin, Math.Max(begin, second)));
                (begin, rows) = (Math.Max(begin, second), 0);
            }

            rows += count;
        }

        if (rows > 0)
        {
            slices.Add((begin, last));
        }

        return slices;
    }
}
