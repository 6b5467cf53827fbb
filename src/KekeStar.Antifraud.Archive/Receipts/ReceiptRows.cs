using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>Reads all that receipts are made of, out of archives that a service may be writing.</summary>
/// <param name="engine">Reads the files.</param>
/// <param name="archives">The files.</param>
internal sealed class ReceiptRows(DuckDbEngine engine, ReadOnlyArchives archives)
{
    private readonly Dictionary<string, (RecordedFeatures Features, string LaterColumns)> _catalogues = new(StringComparer.Ordinal);

    /// <summary>Reads the decisions of a range of time, hour by hour.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment behind the last.</param>
    /// <exception cref="ArchiveException">A file cannot be read.</exception>
    public IEnumerable<RecordedDecision> Read(DateTimeOffset from, DateTimeOffset to) => archives.Read(
        from,
        to,
        [ArchiveKind.Records],
        static _ => { },
        (hour, begin, end) => ReadRows(archives.FilesOf(ArchiveKind.Records, hour), ReadOnlyArchives.Within(begin, end)));

    /// <summary>Finds a decision; of an event that was decided about twice, the newest unless a time tells them apart.</summary>
    /// <returns>The decision; null: there is none.</returns>
    /// <exception cref="ArchiveException">A file cannot be read.</exception>
    public RecordedDecision? Find(DecisionReference reference) => archives.Hours(ArchiveKind.Records)
        .Reverse()
        .Where(hour => reference.Time is not { } time || (hour.Start <= time && time < hour.End))
        .Select(hour => ReadOnlyArchives.Asked(() => Find(archives.FilesOf(ArchiveKind.Records, hour), reference)))
        .FirstOrDefault(static found => found is not null);

    private RecordedDecision? Find(List<ArchiveFile> files, DecisionReference reference)
    {
        if (files.Count == 0)
        {
            return null;
        }

        // First where it is, by the one column, whose Bloom filters pass over nearly every group of rows.
        var where = string.Create(CultureInfo.InvariantCulture, $"decision = {reference.Decision}");
        if (reference.Time is { } time)
        {
            where = $"{where} AND {ReadOnlyArchives.Within(time.ToUnixTimeMilliseconds(), time.ToUnixTimeMilliseconds() + 1)}";
        }

        var places = engine.Query(
            $"""
            SELECT epoch_ms(time), filename FROM {DuckDbEngine.Read(files.Select(static file => file.RecordsPath), ", filename = true")}
            WHERE {where} ORDER BY time DESC LIMIT 1
            """,
            static reader => (Time: reader.GetInt64(0), File: reader.GetString(1)));
        return places is [var place]
            ? ReadRows([files.First(file => file.RecordsPath == place.File)], $"{where} AND {ReadOnlyArchives.Within(place.Time, place.Time + 1)}")[0]
            : null;
    }

    // Files of one catalogue have the same columns.
    private List<RecordedDecision> ReadRows(List<ArchiveFile> files, string where)
    {
        var rows = new List<RecordedDecision>();
        foreach (var alike in files.GroupBy(static file => file.Catalogue, StringComparer.Ordinal))
        {
            var (features, later) = CatalogueOf(alike.First());
            rows.AddRange(engine.Query(
                $"""
                SELECT {DecisionSql.Columns}, {later}, features
                FROM {DuckDbEngine.Read(alike.Select(static file => file.RecordsPath))} WHERE {where}
                """,
                reader => new RecordedDecision(DecisionSql.ReadWholeRow(reader), DecisionSql.ReadBlob(reader, DecisionSql.WholeColumnCount), features)));
        }

        return rows;
    }

    private (RecordedFeatures Features, string LaterColumns) CatalogueOf(ArchiveFile file)
    {
        if (!_catalogues.TryGetValue(file.Catalogue, out var known))
        {
            known = (new RecordedFeatures(archives.Metadata(file, RecordSchema.FeaturesKey)), DecisionSql.LaterColumnsOf(archives.ColumnsOf(file)));
            _catalogues.Add(file.Catalogue, known);
        }

        return known;
    }
}
