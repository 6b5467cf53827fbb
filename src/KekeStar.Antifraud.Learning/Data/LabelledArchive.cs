using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Learning.Data;

/// <summary>
/// Reads a decision archive together with a labels file: <c>decision</c> (BIGINT, the archive's), <c>event_time</c>, <c>abusive</c>,
/// <c>risk</c> (<c>batch_registration</c>, <c>bot</c>, <c>account_theft</c>; null: honest), <c>actor</c>, <c>unseen</c>. The archive's folder
/// is read as it lies; no process may be writing it.
/// </summary>
internal static class LabelledArchive
{
    // Labels and one file at a time; the blobs leave DuckDB as they are read.
    private const long MemoryBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>Reads all decisions that have a label and features, in the order of their time.</summary>
    /// <param name="archive">The archive's folder, with <c>records/</c> in it.</param>
    /// <param name="labels">The labels file, Parquet.</param>
    /// <param name="progress">Told how many were read, file by file.</param>
    /// <exception cref="InvalidDataException">There is no decision with a label.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="DuckDBException">A file is no Parquet file, or has other columns.</exception>
    public static List<LabelledEvent> Read(string archive, string labels, Action<int> progress)
    {
        var files = Directory.GetFiles(Path.Combine(archive, ArchiveFile.FolderOf(ArchiveKind.Records)), "*.parquet", SearchOption.AllDirectories)
            .Where(static file => !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .ToArray();
        using var engine = new DuckDbEngine(Environment.ProcessorCount, MemoryBytes);
        using var connection = engine.Connect();
        Execute(
            connection,
            $"CREATE TEMP TABLE labels AS SELECT decision, event_time, abusive, risk, actor, unseen FROM {DuckDbEngine.Read([labels])}");
        var events = new List<LabelledEvent>();
        var seen = new HashSet<long>();
        foreach (var file in files)
        {
            ReadFile(connection, engine, file, events, seen);
            progress(events.Count);
        }

        if (events.Count == 0)
        {
            throw new InvalidDataException($"No decision in {archive} has features and a label in {labels}.");
        }

        return [.. events.OrderBy(static e => e.TimeMilliseconds)];
    }

    private static void ReadFile(DuckDBConnection connection, DuckDbEngine engine, string file, List<LabelledEvent> events, HashSet<long> seen)
    {
        var names = engine.Query(
            $"SELECT decode(value) FROM parquet_kv_metadata({DuckDbEngine.Quote(file)}) WHERE decode(key) = {DuckDbEngine.Quote(RecordSchema.FeaturesKey)}",
            static reader => reader.GetString(0)).FirstOrDefault("");
        var isThisBuild = string.Equals(names, RecordSchema.FeatureNames, StringComparison.Ordinal);
        var recorded = new RecordedFeatures(names.Split(','));
        var features = new FeatureVector(FeatureCatalogue.Count);
        var scratch = new byte[FeatureBlob.MaxLength];
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT decision, epoch_ms(labels.event_time), scene, abusive, risk, actor, unseen, features
            FROM {DuckDbEngine.Read([file])} JOIN labels USING (decision) WHERE features IS NOT NULL
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            // A retry may stand in two files; whichever came first was the decision.
            var blob = ReadBlob((DuckDBDataReader)reader);
            if (!seen.Add(reader.GetInt64(0)))
            {
                continue;
            }

            if (!isThisBuild)
            {
                if (!recorded.TryRead(blob, features))
                {
                    continue;
                }

                blob = scratch.AsSpan(0, FeatureBlob.Write(features, scratch)).ToArray();
            }

            events.Add(new LabelledEvent
            {
                TimeMilliseconds = reader.GetInt64(1),
                Scene = ContractWords.SceneOf(reader.GetString(2)),
                Risk = reader.GetBoolean(3) ? PolicyWords.Risks[reader.GetString(4)] : null,
                Actor = reader.IsDBNull(5) ? "unknown" : reader.GetString(5),
                IsUnseen = reader.GetBoolean(6),
                Features = blob,
            });
        }
    }

    private static byte[] ReadBlob(DuckDBDataReader reader)
    {
        using var stream = reader.GetStream(7);
        var blob = new byte[stream.Length];
        stream.ReadExactly(blob);
        return blob;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
