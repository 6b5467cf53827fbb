using System.Globalization;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>Lists an account's rows for an export.</summary>
internal static class RecordListing
{
    /// <summary>Reads the newest rows of an account with what people found out about them, and how many there are.</summary>
    public static RecordExtractAnswer Read(
        ArchiveCatalog catalog, DuckDbEngine engine, FeedbackBook feedback, RecordExtract extract, TimeSpan retention)
    {
        using var snapshot = catalog.Take(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        if (snapshot.Files.Count == 0)
        {
            return new RecordExtractAnswer(StoreStatus.Ok, 0, retention, []);
        }

        var accounts = string.Join(", ", extract.Accounts.Select(static account => unchecked((long)account).ToString(CultureInfo.InvariantCulture)));
        var records = DuckDbEngine.Read(snapshot.Files.Select(static file => file.RecordsPath));
        var total = 0L;
        var rows = engine.Query(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT time, key_epoch, scene, verdict, score, labels, rules, count(*) OVER () AS total, decision
                FROM {records} WHERE account IN ({accounts}) OR other_account IN ({accounts}) ORDER BY time DESC LIMIT {RecordExtract.MaxRows}
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
                    feedback.Find(reader.GetInt64(8)) is { } mark ? FeedbackMarks.NameOf(mark.Mark) : null);
            });
        return new RecordExtractAnswer(StoreStatus.Ok, total, retention, rows);
    }
}
