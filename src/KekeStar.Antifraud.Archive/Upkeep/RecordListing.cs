using System.Globalization;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>Lists an account's rows, decisions and reported outcomes, for an export.</summary>
internal static class RecordListing
{
    /// <summary>Reads the newest rows of an account with what people found out about them, and how many there are.</summary>
    public static RecordExtractAnswer Read(
        ArchiveCatalog catalog, ArchiveCatalog outcomes, DuckDbEngine engine, FeedbackBook feedback, RecordExtract extract, TimeSpan retention)
    {
        var accounts = string.Join(", ", extract.Accounts.Select(static account => unchecked((long)account).ToString(CultureInfo.InvariantCulture)));
        return ReadDecisions(catalog, engine, feedback, accounts, retention) with
        {
            Outcomes = ReadOutcomes(outcomes, engine, accounts, out var total),
            OutcomeTotal = total,
        };
    }

    private static List<ExtractedOutcome> ReadOutcomes(ArchiveCatalog catalog, DuckDbEngine engine, string accounts, out long total)
    {
        using var snapshot = catalog.Take(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        if (snapshot.Files.Count == 0)
        {
            total = 0;
            return [];
        }

        var all = 0L;
        var rows = engine.Query(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT time, key_epoch, outcome, outcome_time, count(*) OVER () AS total
                FROM {DuckDbEngine.Read(snapshot.Files.Select(static file => file.RecordsPath))}
                WHERE account IN ({accounts}) OR other_account IN ({accounts}) ORDER BY time DESC LIMIT {RecordExtract.MaxRows}
                """),
            reader =>
            {
                all = reader.GetInt64(4);
                return new ExtractedOutcome(
                    new DateTimeOffset(reader.GetDateTime(0), TimeSpan.Zero),
                    reader.GetInt32(1),
                    reader.GetString(2),
                    new DateTimeOffset(reader.GetDateTime(3), TimeSpan.Zero));
            });
        total = all;
        return rows;
    }

    private static RecordExtractAnswer ReadDecisions(
        ArchiveCatalog catalog, DuckDbEngine engine, FeedbackBook feedback, string accounts, TimeSpan retention)
    {
        using var snapshot = catalog.Take(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        if (snapshot.Files.Count == 0)
        {
            return new RecordExtractAnswer(StoreStatus.Ok, 0, retention, []);
        }

        // Files of early versions have no countries; what one file of a catalogue has, all of it have.
        const string Columns = "time, key_epoch, scene, verdict, score, labels, rules, decision, account, other_account";
        var records = string.Join(" UNION ALL ", snapshot.Files.GroupBy(static file => file.Catalogue, StringComparer.Ordinal).Select(files =>
            $"SELECT {Columns}, {(engine.HasColumn(files.First().RecordsPath, RecordSchema.Country.Name) ? "country" : "NULL::VARCHAR AS country")} FROM {DuckDbEngine.Read(files.Select(static file => file.RecordsPath))}"));
        var total = 0L;
        var rows = engine.Query(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT time, key_epoch, scene, verdict, score, labels, rules, count(*) OVER () AS total, decision, country
                FROM ({records}) WHERE account IN ({accounts}) OR other_account IN ({accounts}) ORDER BY time DESC LIMIT {RecordExtract.MaxRows}
                """),
            reader =>
            {
                total = reader.GetInt64(7);
                return new ExtractedRecord(
                    new DateTimeOffset(reader.GetDateTime(0), TimeSpan.Zero),
                    reader.GetInt32(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    reader.GetInt32(4),
                    reader.GetFieldValue<List<string>>(5),
                    reader.GetFieldValue<List<string>>(6),
                    feedback.Find(reader.GetInt64(8)) is { } mark ? FeedbackMarks.NameOf(mark.Mark) : null)
                {
                    Country = reader.IsDBNull(9) ? null : reader.GetString(9),
                };
            });
        return new RecordExtractAnswer(StoreStatus.Ok, total, retention, rows);
    }
}
