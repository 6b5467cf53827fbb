using System.Buffers.Binary;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>
/// Questions to the archive: what the dashboard shows of decisions. What was decided in the last <c>FlushInterval</c> is not in a
/// file yet and is in <see cref="Tail"/> alone.
/// </summary>
internal sealed partial class DecisionArchive : IDisposable
{
    private readonly ArchiveCatalog _catalog;
    private readonly QuestionDesk _desk;

    /// <summary>Asks the files of a catalogue.</summary>
    /// <param name="catalog">The files.</param>
    /// <param name="tail">The newest decisions.</param>
    /// <param name="options">What questions may cost.</param>
    /// <param name="metrics">Takes how long they took.</param>
    public DecisionArchive(ArchiveCatalog catalog, LiveTail tail, ArchiveOptions options, ArchiveMetrics metrics)
        : this(catalog, tail, options, metrics, ArchiveLimits.QueryTime)
    {
    }

    /// <summary>The same with a time limit of one's own.</summary>
    internal DecisionArchive(ArchiveCatalog catalog, LiveTail tail, ArchiveOptions options, ArchiveMetrics metrics, TimeSpan limit)
    {
        _catalog = catalog;
        Tail = tail;
        _desk = new QuestionDesk(options, metrics, limit);
    }

    /// <summary>The newest decisions.</summary>
    public LiveTail Tail { get; }

    /// <summary>Looks for decisions, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="rows">Rows of the page, 1 to <see cref="ArchiveLimits.MaxPageRows"/>.</param>
    /// <param name="after">Where the page begins; null: with the newest.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    /// <param name="parts">How much of each.</param>
    public Task<ArchiveAnswer<DecisionPage>> SearchAsync(
        DecisionFilter filter, int rows, DecisionCursor? after, CancellationToken cancellation, DecisionParts parts = DecisionParts.All)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, ArchiveLimits.MaxPageRows);
        return _desk.AskAsync(new DecisionPage([], Next: null), question => Search(question, filter, rows, after, parts), cancellation);
    }

    /// <summary>Gets one decision with all that is kept of it.</summary>
    /// <param name="decisions">The decision, under each key epoch that there is.</param>
    /// <param name="at">When it was decided, which makes it quick; null: not known.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    /// <returns>The decision, the newest where an event was decided about twice; null: there is none.</returns>
    public Task<ArchiveAnswer<DecisionDetail?>> GetAsync(IReadOnlyList<long> decisions, DateTimeOffset? at, CancellationToken cancellation) =>
        _desk.AskAsync<DecisionDetail?>(null, question => Get(question, decisions, at), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _desk.Dispose();

    // Where only suspects are asked for, their files do.
    private static string Read(IEnumerable<ArchiveFile> files, DecisionFilter filter, string options = "") => DuckDbEngine.Read(
        files.Select(file => filter.MinScore >= ArchiveLimits.SuspectScore && file.HasSuspects ? file.SuspectsPath : file.RecordsPath),
        options);

    // Files of the newest hours first, in steps that grow while what is looked for does not come.
    private static IEnumerable<ArchiveFile[]> Steps(ArchiveSnapshot snapshot)
    {
        for (int hour = 0, step = 1; hour < snapshot.Hours.Length; hour += step, step = Math.Min(2 * step, ArchiveLimits.MaxStepHours))
        {
            yield return [.. snapshot.Hours.Skip(hour).Take(step).SelectMany(static files => files)];
        }
    }

    private DecisionPage Search(Question question, DecisionFilter filter, int rows, DecisionCursor? after, DecisionParts parts)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
        var where = PageWhere(filter, after, parameters, out var to);
        using var snapshot = _catalog.Take(filter.From, to);
        var found = new List<DecisionRow>();

        // Hours do not overlap, so the first that fill the page end the search.
        foreach (var files in Steps(snapshot).TakeWhile(_ => found.Count <= rows))
        {
            parameters["most"] = rows + 1 - found.Count;
            found.AddRange(question.Query(
                $"SELECT {DecisionSql.ColumnsOf(parts)} FROM {Read(files, filter)} WHERE {where} ORDER BY time DESC, decision DESC LIMIT $most",
                parameters,
                DecisionSql.ReadRow));
        }

        return found.Count > rows
            ? new DecisionPage(found.GetRange(0, rows), found[rows - 1].Cursor)
            : new DecisionPage(found, Next: null);
    }

    private DecisionDetail? Get(Question question, IReadOnlyList<long> decisions, DateTimeOffset? at)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
        var where = DecisionSql.In("decision", "decision", decisions, parameters);
        using var snapshot = at is { } time ? _catalog.Take(time, time.AddMilliseconds(1)) : _catalog.Take(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        foreach (var files in Steps(snapshot))
        {
            // First where it is, by the one column, whose Bloom filters pass over nearly every group of rows; then all of it, out of one file.
            var places = question.Query(
                $"""
                SELECT time, filename FROM {DuckDbEngine.Read(files.Select(static file => file.RecordsPath), ", filename = true")}
                WHERE {where} ORDER BY time DESC LIMIT 1
                """,
                parameters,
                static reader => (Time: DecisionSql.ReadTime(reader, 0), File: reader.GetString(1)));
            if (places is [var place])
            {
                return Get(question, where, parameters, place.File, place.Time);
            }
        }

        return null;
    }

    private static DecisionDetail Get(Question question, string where, Dictionary<string, object> parameters, string file, DateTimeOffset time)
    {
        var (row, entities, features) = question.Query(
            $"""
            SELECT {DecisionSql.Columns}, {DecisionSql.LaterColumnsOf(ColumnsOf(question, file))}, entities, features
            FROM {DuckDbEngine.Read([file])} WHERE {where} AND time = $time LIMIT 1
            """,
            new Dictionary<string, object>(parameters, StringComparer.Ordinal) { ["time"] = DecisionSql.Time(time) },
            static reader => (
                Row: DecisionSql.ReadWholeRow(reader),
                Entities: DecisionSql.ReadBlob(reader, DecisionSql.WholeColumnCount) ?? [],
                Features: DecisionSql.ReadBlob(reader, DecisionSql.WholeColumnCount + 1) ?? []))[0];
        return new DecisionDetail(
            row,
            Features(features, Metadata(question, file, RecordSchema.FeaturesKey)),
            Entities(entities, Metadata(question, file, RecordSchema.SlotsKey)));
    }

    private static List<string> ColumnsOf(Question question, string path) => question.Query(
        "SELECT name FROM parquet_schema($path)",
        new Dictionary<string, object>(StringComparer.Ordinal) { ["path"] = path },
        static reader => reader.GetString(0));

    // The build that wrote the file may have known other features.
    private static string[] Metadata(Question question, string path, string key) =>
        question.Query(
            "SELECT decode(value) FROM parquet_kv_metadata($path) WHERE decode(key) = $key",
            new Dictionary<string, object>(StringComparer.Ordinal) { ["path"] = path, ["key"] = key },
            static reader => reader.GetString(0)).FirstOrDefault("").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static List<DecisionFeature> Features(byte[] blob, string[] names)
    {
        var values = new double[names.Length];
        var lowerBounds = new bool[names.Length];
        var features = new List<DecisionFeature>();
        if (blob.Length > 0 && FeatureBlob.TryRead(blob, names.Length, values, lowerBounds))
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (!double.IsNaN(values[i]))
                {
                    features.Add(new DecisionFeature(names[i], values[i], lowerBounds[i]));
                }
            }
        }

        return features;
    }

    private static List<DecisionEntity> Entities(ReadOnlySpan<byte> blob, string[] names)
    {
        var entities = new List<DecisionEntity>();
        for (; blob.Length >= RecordColumns.EntityBytes; blob = blob[RecordColumns.EntityBytes..])
        {
            if (blob[0] < names.Length)
            {
                entities.Add(new DecisionEntity(names[blob[0]], BinaryPrimitives.ReadInt64BigEndian(blob[1..])));
            }
        }

        return entities;
    }
}
