using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.Judging;

/// <summary>
/// What is known of recorded events: from reported outcomes, from people's marks, and from a file of labels. What is added later counts
/// before what was there.
/// </summary>
internal sealed class TruthBook
{
    // What reported outcomes say. A harassment is a bot's as it is in the shipped policy's rules; of what was missed nobody said what it was.
    private static readonly Dictionary<string, (bool IsFraud, Risk? Risk)> Outcomes = new(StringComparer.Ordinal)
    {
        [ContractWords.Outcomes[(int)Outcome.Missed]] = (true, null),
        [ContractWords.Outcomes[(int)Outcome.AccountTheftConfirmed]] = (true, Risk.AccountTheft),
        [ContractWords.Outcomes[(int)Outcome.HarassmentConfirmed]] = (true, Risk.Bot),
        [ContractWords.Outcomes[(int)Outcome.FalsePositive]] = (false, null),
    };

    private readonly Dictionary<long, Truth> _truths = [];
    private readonly Dictionary<string, ushort> _segments = new(StringComparer.Ordinal);
    private readonly List<string> _names = [""];

    /// <summary>How many events something is known of.</summary>
    public int Count => _truths.Count;

    /// <summary>True if segments are known.</summary>
    public bool HasSegments => _names.Count > 1;

    /// <summary>What is known of an event; null: nothing.</summary>
    public Truth? Find(long decision) => _truths.TryGetValue(decision, out var truth) ? truth : null;

    /// <summary>Name of a segment.</summary>
    public string NameOf(Truth truth) => _names[truth.Segment];

    /// <summary>The decisions of which something is known.</summary>
    public IEnumerable<long> Decisions => _truths.Keys;

    /// <summary>Of how many events a source has the last word.</summary>
    public int CountOf(TruthSource source) => _truths.Values.Count(truth => truth.Source == source);

    /// <summary>Adds what reported outcomes of archives say.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public void AddOutcomes(DuckDbEngine engine, LiveFiles files)
    {
        try
        {
            var reported = LiveFiles.Retried(() => files.Of(ArchiveKind.Outcomes) is not { Count: > 0 } outcomes ? [] : engine.Query(
                $"""
                SELECT decision, outcome FROM {DuckDbEngine.Read(outcomes.Select(static file => file.RecordsPath))}
                WHERE outcome IN ({string.Join(", ", Outcomes.Keys.Select(DuckDbEngine.Quote))}) ORDER BY time, sequence
                """,
                static reader => (Decision: reader.GetInt64(0), Outcome: reader.GetString(1))));
            foreach (var (decision, outcome) in reported)
            {
                var (isFraud, risk) = Outcomes[outcome];
                Add(decision, new Truth(isFraud, TruthSource.Outcome, Segment: 0) { Risk = risk });
            }
        }
        catch (Exception fault) when (fault is DuckDBException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The archive's outcomes cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Adds the marks of a <c>feedback.jsonl</c>.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or a line of it is none.</exception>
    public void AddFeedback(string path)
    {
        // A mark that was taken back leaves what is known without it.
        var marks = new Dictionary<long, FeedbackMark>();
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path).Where(static line => line.Length > 0))
            {
                number++;
                using var document = JsonDocument.Parse(line);
                var decision = long.Parse(document.RootElement.GetProperty("decision").GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                marks[decision] = FeedbackMarks.Find(document.RootElement.GetProperty("mark").GetString() ?? "") ?? throw new FormatException("its mark is none");
            }
        }
        catch (Exception fault) when (fault is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {number} is no mark: {fault.Message}"), fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The marks cannot be read: {fault.Message}", fault);
        }

        foreach (var (decision, mark) in marks)
        {
            if (mark != FeedbackMark.None)
            {
                Add(decision, new Truth(mark != FeedbackMark.FalsePositive, TruthSource.Mark, Segment: 0));
            }
        }
    }

    /// <summary>
    /// Adds the labels of a Parquet file: columns <c>decision</c> (BIGINT, as in the archive), <c>abusive</c> (BOOLEAN) and, if it has them,
    /// <c>actor</c> (VARCHAR), whose values are the segments, <c>risk</c> (VARCHAR: <c>batch_registration</c>, <c>bot</c> or <c>account_theft</c>)
    /// and <c>unseen</c> (BOOLEAN).
    /// </summary>
    /// <exception cref="InvalidDataException">It cannot be read, or has no such columns or risks.</exception>
    public void AddLabels(DuckDbEngine engine, string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no file '{path}' of labels.");
        }

        try
        {
            var file = DuckDbEngine.Read([path]);
            var columns = engine.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {file})", static reader => (Name: reader.GetString(0), Type: reader.GetString(1)))
                .ToDictionary(static column => column.Name, static column => column.Type, StringComparer.Ordinal);
            if (columns.GetValueOrDefault("decision") != "BIGINT" || columns.GetValueOrDefault("abusive") != "BOOLEAN")
            {
                throw new InvalidDataException(
                    $"'{path}' has the columns {string.Join(", ", columns.Select(static column => $"{column.Key} {column.Value}"))}; labels need decision BIGINT and abusive BOOLEAN.");
            }

            var (segment, risk) = (Text("actor"), Text("risk"));
            var unseen = columns.GetValueOrDefault("unseen") == "BOOLEAN" ? "coalesce(unseen, false)" : "false";
            engine.ForEach(
                $"SELECT decision, abusive, {segment}, {risk}, {unseen} FROM {file} WHERE decision IS NOT NULL AND abusive IS NOT NULL",
                reader => Add(reader.GetInt64(0), new Truth(reader.GetBoolean(1), TruthSource.Label, NumberOf(reader.GetString(2)))
                {
                    Risk = RiskOf(path, reader.GetString(3)),
                    IsUnseen = reader.GetBoolean(4),
                }));

            string Text(string column) => columns.ContainsKey(column) ? $"coalesce({column}, '')" : "''";
        }
        catch (DuckDBException fault)
        {
            throw new InvalidDataException($"'{path}' is no file of labels: {fault.Message}", fault);
        }
    }

    private static Risk? RiskOf(string path, string word) => word.Length == 0 ? null
        : PolicyWords.Risks.TryGetValue(word, out var risk) ? risk
        : throw new InvalidDataException($"'{path}' has the risk '{word}'; allowed are {string.Join(", ", PolicyWords.Risks.Keys)}, and null where it is not known.");

    private void Add(long decision, Truth truth)
    {
        if (_truths.Count >= TruthLimits.MaxTruths && !_truths.ContainsKey(decision))
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"More than {TruthLimits.MaxTruths} labels; cut the file to the range."));
        }

        _truths[decision] = truth;
    }

    private ushort NumberOf(string segment)
    {
        const string Rest = "(others)";
        if (segment.Length == 0)
        {
            return 0;
        }

        if (_segments.TryGetValue(segment, out var number))
        {
            return number;
        }

        if (_names.Count > TruthLimits.MaxSegments && segment != Rest)
        {
            return NumberOf(Rest);
        }

        _segments.Add(segment, number = (ushort)_names.Count);
        _names.Add(segment);
        return number;
    }
}
