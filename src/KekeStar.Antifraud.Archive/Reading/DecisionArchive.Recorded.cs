using System.Globalization;
using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Reading;

/// <content>Decisions to be decided anew, and decisions that people name.</content>
internal sealed partial class DecisionArchive
{
    /// <summary>Reads decisions with their features, newest first.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment behind the last.</param>
    /// <param name="rows">Rows of the page, 1 to <see cref="ArchiveLimits.DryRunPageRows"/>.</param>
    /// <param name="after">Where the page begins; null: with the newest.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    public Task<ArchiveAnswer<RecordedPage>> RecordedAsync(
        DateTimeOffset from, DateTimeOffset to, int rows, DecisionCursor? after, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, ArchiveLimits.DryRunPageRows);
        return _desk.AskAsync(new RecordedPage([], Next: null), question => Recorded(question, from, to, rows, after), cancellation);
    }

    /// <summary>Finds decisions that somebody names, whatever their number of rows; of an event that was decided about twice, the newest.</summary>
    /// <param name="decisions">At most <see cref="ArchiveLimits.MaxMarks"/> decisions.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment behind the last.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    public Task<ArchiveAnswer<IReadOnlyList<NamedDecision>>> FindAsync(
        IReadOnlyCollection<long> decisions, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decisions.Count, ArchiveLimits.MaxMarks, nameof(decisions));
        return _desk.AskAsync<IReadOnlyList<NamedDecision>>([], question => Find(question, decisions, from, to), cancellation);
    }

    private RecordedPage Recorded(Question question, DateTimeOffset from, DateTimeOffset to, int rows, DecisionCursor? after)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
        var where = PageWhere(new DecisionFilter { From = from, To = to }, after, parameters, out to);
        using var snapshot = _catalog.Take(from, to);
        var found = new List<RecordedDecision>();
        var readers = new Dictionary<string, RecordedFeatures>(StringComparer.Ordinal);
        foreach (var files in Steps(snapshot).TakeWhile(_ => found.Count <= rows))
        {
            // Files of one catalogue at a time would tear hours apart; the file of each row names its catalogue instead.
            foreach (var file in files.DistinctBy(static file => file.Catalogue, StringComparer.Ordinal))
            {
                if (!readers.ContainsKey(file.Catalogue))
                {
                    readers.Add(file.Catalogue, new RecordedFeatures(Metadata(question, file.RecordsPath, RecordSchema.FeaturesKey)));
                }
            }

            var catalogues = files.ToDictionary(static file => file.RecordsPath, static file => file.Catalogue, StringComparer.Ordinal);
            parameters["most"] = rows + 1 - found.Count;
            found.AddRange(question.Query(
                $"""
                SELECT {DecisionSql.Columns}, features, filename
                FROM {DuckDbEngine.Read(files.Select(static file => file.RecordsPath), ", filename = true")}
                WHERE {where} ORDER BY time DESC, decision DESC LIMIT $most
                """,
                parameters,
                reader => new RecordedDecision(
                    DecisionSql.ReadRow(reader),
                    DecisionSql.ReadBlob(reader, DecisionSql.ColumnCount),
                    readers[catalogues[reader.GetString(DecisionSql.ColumnCount + 1)]])));
        }

        return found.Count > rows
            ? new RecordedPage(found.GetRange(0, rows), found[rows - 1].Row.Cursor)
            : new RecordedPage(found, Next: null);
    }

    private List<NamedDecision> Find(Question question, IReadOnlyCollection<long> decisions, DateTimeOffset from, DateTimeOffset to)
    {
        using var snapshot = _catalog.Take(from, to);
        if (snapshot.Files.Count == 0 || decisions.Count == 0)
        {
            return [];
        }

        // Numbers, so they stand in the text.
        var numbers = string.Join(", ", decisions.Select(static decision => decision.ToString(CultureInfo.InvariantCulture)));
        return question.Query(
            $"""
            SELECT {DecisionSql.Columns}, other_account
            FROM {DuckDbEngine.Read(snapshot.Files.Select(static file => file.RecordsPath))} WHERE decision IN ({numbers}) AND time >= $from AND time < $to
            QUALIFY row_number() OVER (PARTITION BY decision ORDER BY time DESC) = 1
            ORDER BY time DESC, decision DESC
            """,
            new Dictionary<string, object>(StringComparer.Ordinal) { ["from"] = DecisionSql.Time(from), ["to"] = DecisionSql.Time(to) },
            static reader => new NamedDecision(DecisionSql.ReadRow(reader), DecisionSql.ReadId(reader, DecisionSql.ColumnCount)));
    }

    private static string PageWhere(DecisionFilter filter, DecisionCursor? after, Dictionary<string, object> parameters, out DateTimeOffset to)
    {
        to = filter.To;
        if (after is not { } cursor)
        {
            return DecisionSql.Where(filter, parameters);
        }

        if (cursor.Time < to)
        {
            to = cursor.Time.AddMilliseconds(1);
        }

        parameters["after_time"] = DecisionSql.Time(cursor.Time);
        parameters["after_decision"] = cursor.Decision;
        return DecisionSql.Where(filter with { To = to }, parameters)
            + " AND (time < $after_time OR (time = $after_time AND decision < $after_decision))";
    }
}
