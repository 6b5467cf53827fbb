using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>
/// What is known of recorded events: from reported outcomes, from people's marks, and from a file of labels. What is added later counts
/// before what was there.
/// </summary>
internal sealed class TruthBook
{
    /// <summary>Outcomes that say that an event should have been stopped.</summary>
    public static readonly IReadOnlyList<Outcome> FraudOutcomes = [Outcome.Missed, Outcome.AccountTheftConfirmed, Outcome.HarassmentConfirmed];

    /// <summary>Outcomes that say that it should not.</summary>
    public static readonly IReadOnlyList<Outcome> BenignOutcomes = [Outcome.FalsePositive];

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

    /// <summary>Adds what reported outcomes of the archive say.</summary>
    /// <exception cref="ArchiveException">A file cannot be read.</exception>
    public void AddOutcomes(ArchiveRows rows)
    {
        var benign = BenignOutcomes.Select(static outcome => ContractWords.Outcomes[(int)outcome]).ToHashSet(StringComparer.Ordinal);
        foreach (var (decision, outcome) in rows.ReadOutcomes([.. FraudOutcomes.Select(static outcome => ContractWords.Outcomes[(int)outcome]), .. benign]))
        {
            Add(decision, !benign.Contains(outcome), segment: "");
        }
    }

    /// <summary>Adds the marks of a <c>feedback.jsonl</c>.</summary>
    /// <exception cref="ArchiveException">It cannot be read, or a line of it is none.</exception>
    public void AddFeedback(string path)
    {
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path).Where(static line => line.Length > 0))
            {
                number++;
                using var document = JsonDocument.Parse(line);
                var decision = long.Parse(document.RootElement.GetProperty("decision").GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                switch (FeedbackMarks.Find(document.RootElement.GetProperty("mark").GetString() ?? ""))
                {
                    case FeedbackMark.Confirmed or FeedbackMark.Missed:
                        Add(decision, isFraud: true, segment: "");
                        break;
                    case FeedbackMark.FalsePositive:
                        Add(decision, isFraud: false, segment: "");
                        break;
                    case FeedbackMark.None:
                        _truths.Remove(decision);
                        break;
                    default:
                        throw new FormatException("its mark is none");
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw new ArchiveException(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {number} is no mark: {fault.Message}"), fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"The marks cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// Adds the labels of a Parquet file: columns <c>decision</c> (BIGINT, as in the archive), <c>abusive</c> (BOOLEAN) and, if it has one,
    /// <c>actor</c> (VARCHAR), whose values are the segments.
    /// </summary>
    /// <exception cref="ArchiveException">It cannot be read, or has no such columns.</exception>
    public void AddLabels(DuckDbEngine engine, string path)
    {
        if (!File.Exists(path))
        {
            throw new ArchiveException($"There is no file '{path}' of labels.");
        }

        try
        {
            var file = DuckDbEngine.Read([path]);
            var columns = engine.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {file})", static reader => (Name: reader.GetString(0), Type: reader.GetString(1)))
                .ToDictionary(static column => column.Name, static column => column.Type, StringComparer.Ordinal);
            if (columns.GetValueOrDefault("decision") != "BIGINT" || columns.GetValueOrDefault("abusive") != "BOOLEAN")
            {
                throw new ArchiveException(
                    $"'{path}' has the columns {string.Join(", ", columns.Select(static column => $"{column.Key} {column.Value}"))}; labels need decision BIGINT and abusive BOOLEAN.");
            }

            var segment = columns.ContainsKey("actor") ? "coalesce(actor, '')" : "''";
            engine.ForEach(
                $"SELECT decision, abusive, {segment} FROM {file} WHERE decision IS NOT NULL AND abusive IS NOT NULL",
                reader => Add(reader.GetInt64(0), reader.GetBoolean(1), reader.GetString(2)));
        }
        catch (DuckDBException fault)
        {
            throw new ArchiveException($"'{path}' is no file of labels: {fault.Message}", fault);
        }
    }

    private void Add(long decision, bool isFraud, string segment)
    {
        if (_truths.Count >= BacktestLimits.MaxTruths && !_truths.ContainsKey(decision))
        {
            throw new ArchiveException(string.Create(CultureInfo.InvariantCulture, $"More than {BacktestLimits.MaxTruths} labels; cut the file to the range."));
        }

        _truths[decision] = new Truth(isFraud, NumberOf(segment));
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

        if (_names.Count > BacktestLimits.MaxSegments && segment != Rest)
        {
            return NumberOf(Rest);
        }

        _segments.Add(segment, number = (ushort)_names.Count);
        _names.Add(segment);
        return number;
    }
}
