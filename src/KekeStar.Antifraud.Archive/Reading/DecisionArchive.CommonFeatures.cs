using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Reading;

/// <content>What the members of a gang have in common.</content>
internal sealed partial class DecisionArchive
{
    // An account, or a device of events without one.
    private const string Who = "coalesce(account, device)";

    // Blobs of features are most of a file: those of a few rows are read, out of a few hours.
    private static GangFeatures CommonFeatures(Question question, ArchiveSnapshot snapshot)
    {
        question.Execute($"CREATE TEMP TABLE own AS SELECT DISTINCT {Who} AS who FROM grouped JOIN member USING (number)", NoParameters);
        var members = NewestOfEach(question, "found", $"{Who} IN (SELECT who FROM own)");
        var hours = members.Select(static row => ArchiveHour.Of(row.Time)).Distinct().Take(ArchiveLimits.CommonHours).ToHashSet();
        var files = snapshot.Files.Where(file => hours.Contains(file.Hour)).ToArray();
        if (files.Length == 0)
        {
            return GangFeatures.None;
        }

        var others = NewestOfEach(question, DuckDbEngine.Read(files.Select(static file => file.RecordsPath)), $"{Who} IS NOT NULL AND {Who} NOT IN (SELECT who FROM own)");
        return CommonFeatureFinder.Find(
            ValuesOf(question, files, members.FindAll(row => hours.Contains(ArchiveHour.Of(row.Time)))),
            ValuesOf(question, files, others));
    }

    private static List<(long Decision, DateTimeOffset Time)> NewestOfEach(Question question, string from, string where) => question.Query(
        string.Create(CultureInfo.InvariantCulture, $"""
            SELECT decision, time FROM {from} WHERE {where}
            QUALIFY row_number() OVER (PARTITION BY {Who} ORDER BY time DESC, decision) = 1
            ORDER BY time DESC, decision LIMIT {ArchiveLimits.MaxCommonRows}
            """),
        NoParameters,
        static reader => (reader.GetInt64(0), DecisionSql.ReadTime(reader, 1)));

    private static List<double[]> ValuesOf(Question question, ArchiveFile[] files, List<(long Decision, DateTimeOffset Time)> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var readers = files.DistinctBy(static file => file.Catalogue, StringComparer.Ordinal).ToDictionary(
            static file => file.Catalogue,
            file => new RecordedFeatures(Metadata(question, file.RecordsPath, RecordSchema.FeaturesKey)),
            StringComparer.Ordinal);
        var catalogues = files.ToDictionary(static file => file.RecordsPath, static file => file.Catalogue, StringComparer.Ordinal);

        // Numbers, so they stand in the text; the times let groups of rows be passed over.
        var numbers = string.Join(", ", rows.Select(static row => row.Decision.ToString(CultureInfo.InvariantCulture)));
        var blobs = question.Query(
            $"""
            SELECT features, filename FROM {DuckDbEngine.Read(files.Select(static file => file.RecordsPath), ", filename = true")}
            WHERE decision IN ({numbers}) AND time BETWEEN $first AND $last
            """,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["first"] = DecisionSql.Time(rows.Min(static row => row.Time)),
                ["last"] = DecisionSql.Time(rows.Max(static row => row.Time)),
            },
            static reader => (Blob: DecisionSql.ReadBlob(reader, 0) ?? [], File: reader.GetString(1)));
        var features = new FeatureVector(FeatureCatalogue.Count);
        return
        [
            .. blobs.Where(row => readers[catalogues[row.File]].TryRead(row.Blob, features)).Select(_ => features.Values.ToArray()),
        ];
    }
}
