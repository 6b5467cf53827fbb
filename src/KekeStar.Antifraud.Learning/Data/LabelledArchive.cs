using System.Globalization;
using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Learning.Data;

/// <summary>
/// Reads the decisions of archives together with what is known of them, hour by hour. Takes no lock: a service may go on writing them.
/// </summary>
internal sealed class LabelledArchive
{
    // Actor of events whose truth names none.
    private static readonly Dictionary<TruthSource, string> Sources = new()
    {
        [TruthSource.Outcome] = "(outcome)",
        [TruthSource.Mark] = "(mark)",
        [TruthSource.Label] = "(label)",
    };

    private readonly DuckDbEngine _engine;
    private readonly DuckDBConnection _connection;
    private readonly LiveFiles _files;
    private readonly TruthBook _truths;
    private readonly string _condition;
    private readonly FeatureVector _features = new(FeatureCatalogue.Count);
    private readonly byte[] _scratch = new byte[FeatureBlob.MaxLength];

    private LabelledArchive(DuckDbEngine engine, DuckDBConnection connection, LiveFiles files, TruthBook truths, UnlabelledEvents unlabelled)
    {
        _engine = engine;
        _connection = connection;
        _files = files;
        _truths = truths;
        const string Known = "decision IN (SELECT decision FROM known)";
        string[] passed = [ContractWords.Verdicts[(int)Verdict.Pass], ContractWords.Verdicts[(int)Verdict.Review]];
        _condition = unlabelled == UnlabelledEvents.Ignore ? Known : $"({Known} OR verdict IN ({string.Join(", ", passed.Select(DuckDbEngine.Quote))}))";
    }

    /// <summary>Reads all decisions that have features and of which something is known, in the order of their time.</summary>
    /// <param name="files">The archives, and what else says what is true.</param>
    /// <param name="unlabelled">What becomes of the others.</param>
    /// <param name="progress">Takes a line now and then.</param>
    /// <exception cref="InvalidDataException">There is no such decision, there are too many, or something read is not what it should be.</exception>
    /// <exception cref="IOException">A folder or a file cannot be read.</exception>
    /// <exception cref="DuckDBException">A file is no Parquet file, or has other columns.</exception>
    public static LabelledEvents Read(TruthFiles files, UnlabelledEvents unlabelled, Action<string> progress)
    {
        if (files.Archives.FirstOrDefault(static folder => !Directory.Exists(folder)) is { } missing)
        {
            throw new DirectoryNotFoundException($"There is no folder '{missing}'.");
        }

        var named = string.Join(", ", files.Archives.Select(static folder => $"'{folder}'"));
        using var engine = new DuckDbEngine(Environment.ProcessorCount, LearningLimits.ReadingMemoryBytes);
        var truths = files.Read(engine);
        if (truths.Count == 0)
        {
            throw new InvalidDataException(
                $"Nothing is known of any decision: there are no labels, and {named} has no marks of people and no reported outcomes that say what an event was.");
        }

        var text = string.Join(", ", Sources.Select(source => string.Create(
            CultureInfo.InvariantCulture, $"{truths.CountOf(source.Key)} by {source.Key.ToString().ToLowerInvariant()}s")));
        progress($"known: {text}");
        using var connection = engine.Connect();
        Keep(connection, truths);
        var live = new LiveFiles(engine, files.Archives);
        var events = new LabelledArchive(engine, connection, live, truths, unlabelled).ReadAll(progress);
        return events.Count > 0
            ? new LabelledEvents(events, $"{text}; the others: {unlabelled.ToString().ToLowerInvariant()}")
            : throw new InvalidDataException(
                $"No decision in {named} has features and is among the {truths.Count.ToString(CultureInfo.InvariantCulture)} of which something is known.");
    }

    // In DuckDB, so that what nothing is known of is not even read.
    private static void Keep(DuckDBConnection connection, TruthBook truths)
    {
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "CREATE TEMP TABLE known (decision BIGINT)";
            command.ExecuteNonQuery();
        }

        using var appender = connection.CreateAppender("known");
        foreach (var decision in truths.Decisions)
        {
            appender.CreateRow().AppendValue(decision).EndRow();
        }
    }

    private List<LabelledEvent> ReadAll(Action<string> progress)
    {
        const int Step = 100_000;
        var events = new List<LabelledEvent>();
        var seen = new HashSet<long>();
        var told = 0;
        foreach (var hour in LiveFiles.Retried(() => _files.Hours(ArchiveKind.Records)))
        {
            // A retry may stand in two files; whichever came first was the decision.
            events.AddRange(LiveFiles.Retried(() => ReadHour(hour)).Where(one => seen.Add(one.Decision)));
            if (events.Count > LearningLimits.MaxEvents)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"More than {LearningLimits.MaxEvents} events; ask for fewer archives, or ignore what is unlabelled."));
            }

            if (events.Count / Step > told)
            {
                told = events.Count / Step;
                progress(string.Create(CultureInfo.InvariantCulture, $"{events.Count:N0} events read, up to {hour.Start:yyyy-MM-dd HH:mm}"));
            }
        }

        // Of one moment the order of the decisions' numbers, so that it does not depend on how the archive's files were merged.
        return [.. events.OrderBy(static one => one.TimeMilliseconds).ThenBy(static one => one.Decision)];
    }

    private List<LabelledEvent> ReadHour(ArchiveHour hour)
    {
        var events = new List<LabelledEvent>();
        foreach (var file in _files.Of(ArchiveKind.Records, hour))
        {
            ReadFile(file, events);
        }

        return events;
    }

    private void ReadFile(ArchiveFile file, List<LabelledEvent> events)
    {
        var names = _files.Metadata(file, RecordSchema.FeaturesKey);
        var isThisBuild = string.Equals(string.Join(',', names), RecordSchema.FeatureNames, StringComparison.Ordinal);
        var recorded = new RecordedFeatures(names);
        using var command = _connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT decision, epoch_ms(event_time), scene, batch_registration, bot, account_theft, features
            FROM {DuckDbEngine.Read([file.RecordsPath])} WHERE features IS NOT NULL AND {_condition}
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var blob = DecisionSql.ReadBlob((DuckDBDataReader)reader, 6)!;
            if (!isThisBuild)
            {
                if (!recorded.TryRead(blob, _features))
                {
                    continue;
                }

                blob = _scratch.AsSpan(0, FeatureBlob.Write(_features, _scratch)).ToArray();
            }

            var decision = reader.GetInt64(0);
            var scene = ContractWords.SceneOf(reader.GetString(2));
            var truth = _truths.Find(decision);
            events.Add(new LabelledEvent
            {
                Decision = decision,
                TimeMilliseconds = reader.GetInt64(1),
                Scene = scene,
                Risk = truth is not { IsFraud: true } fraud ? null
                    : fraud.Risk ?? SceneRisk.Leading(scene, [reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5)]),
                Actor = truth is not { } known ? "(unlabelled)"
                    : _truths.NameOf(known) is { Length: > 0 } name ? name : Sources[known.Source],
                IsUnseen = truth is { IsUnseen: true },
                Features = blob,
            });
        }
    }
}
