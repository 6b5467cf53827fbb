using System.Globalization;
using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>SQL of decisions: columns of a row, and the conditions of a filter with their parameters.</summary>
internal static class DecisionSql
{
    /// <summary>The columns of <see cref="ReadRow"/>.</summary>
    public const string Columns =
        "time, event_time, decision, scene, verdict, challenge, score, batch_registration, bot, account_theft, policy, policy_hash, store, "
        + "list, step_up_exempt, at_least, duration_us, key_epoch, labels, rules, contributions, shadow_rules, "
        + "account, device, ip, ip_prefix, bssid, cohort";

    // The same for DecisionParts.Line; without names, which conditions would take for those of columns.
    private const string LineColumns =
        "time, time, decision, scene, verdict, NULL::VARCHAR, score, 0, 0, 0, "
        + "'', '', store, NULL::VARCHAR, false, false, 0, 0, "
        + "labels, rules, contributions, []::VARCHAR[], account, device, NULL::BIGINT, NULL::BIGINT, "
        + "NULL::BIGINT, NULL::BIGINT";

    /// <summary>Number of the columns.</summary>
    public const int ColumnCount = 28;

    /// <summary>Number of the columns of <see cref="ReadWholeRow"/>.</summary>
    public const int WholeColumnCount = ColumnCount + 8;

    /// <summary>The columns of <see cref="ReadRow"/> for so much of a decision.</summary>
    public static string ColumnsOf(DecisionParts parts) => parts == DecisionParts.Line ? LineColumns : Columns;

    /// <summary>Reads a row.</summary>
    public static DecisionRow ReadRow(DuckDBDataReader reader) => new()
    {
        Time = ReadTime(reader, 0),
        EventTime = ReadTime(reader, 1),
        Decision = reader.GetInt64(2),
        Scene = reader.GetString(3),
        Verdict = reader.GetString(4),
        Challenge = ReadText(reader, 5),
        Score = reader.GetInt32(6),
        BatchRegistration = reader.GetInt32(7),
        Bot = reader.GetInt32(8),
        AccountTheft = reader.GetInt32(9),
        Policy = reader.GetString(10),
        PolicyHash = reader.GetString(11),
        Store = reader.GetString(12),
        List = ReadText(reader, 13),
        StepUpExempt = reader.GetBoolean(14),
        AtLeast = reader.GetBoolean(15),
        DurationMicroseconds = reader.GetInt32(16),
        KeyEpoch = reader.GetInt32(17),
        Labels = reader.GetFieldValue<List<string>>(18),
        Rules = reader.GetFieldValue<List<string>>(19),
        Contributions = reader.GetFieldValue<List<double>>(20),
        ShadowRules = reader.GetFieldValue<List<string>>(21),
        Account = ReadId(reader, 22),
        Device = ReadId(reader, 23),
        Ip = ReadId(reader, 24),
        IpPrefix = ReadId(reader, 25),
        Bssid = ReadId(reader, 26),
        Cohort = ReadId(reader, 27),
    };

    /// <summary>The columns that files of earlier builds lack, behind <see cref="Columns"/>: whether there are those of models, these, and how far thresholds were moved.</summary>
    /// <param name="there">The columns of the file.</param>
    public static string LaterColumnsOf(ICollection<string> there) =>
        (there.Contains(RecordSchema.ShadowScore.Name)
            ? "true, model, p_batch_registration, p_bot, p_account_theft, shadow_model, shadow_score, "
            : "false, NULL, NULL, NULL, NULL, NULL, NULL, ")
        + (there.Contains(RecordSchema.ThresholdShift.Name) ? RecordSchema.ThresholdShift.Name : "0");

    /// <summary>Reads a row with <see cref="LaterColumnsOf"/>.</summary>
    public static DecisionRow ReadWholeRow(DuckDBDataReader reader) => ReadRow(reader) with
    {
        Models = reader.GetBoolean(ColumnCount) ? ReadModels(reader, ColumnCount + 1) : null,
        ThresholdShift = reader.GetInt32(WholeColumnCount - 1),
    };

    /// <summary>Reads a blob; null: it was erased.</summary>
    public static byte[]? ReadBlob(DuckDBDataReader reader, int ordinal)
    {
        if (reader.IsDBNull(ordinal))
        {
            return null;
        }

        using var stream = reader.GetStream(ordinal);
        var blob = new byte[stream.Length];
        stream.ReadExactly(blob);
        return blob;
    }

    /// <summary>Reads a time; the archive's are UTC.</summary>
    public static DateTimeOffset ReadTime(DuckDBDataReader reader, int ordinal) => new(DateTime.SpecifyKind(reader.GetDateTime(ordinal), DateTimeKind.Utc));

    /// <summary>Reads a pseudonym that may be absent.</summary>
    public static long? ReadId(DuckDBDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);

    /// <summary>Writes a time as a parameter.</summary>
    public static DateTime Time(DateTimeOffset time) => DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified);

    /// <summary>The conditions of a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="parameters">Receives the parameters.</param>
    public static string Where(DecisionFilter filter, Dictionary<string, object> parameters)
    {
        parameters["from"] = Time(filter.From);
        parameters["to"] = Time(filter.To);
        return $"time >= $from AND time < $to AND {WhereAnytime(filter, parameters)}";
    }

    /// <summary>The conditions of a filter but for its range of time.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="parameters">Receives the parameters.</param>
    public static string WhereAnytime(DecisionFilter filter, Dictionary<string, object> parameters)
    {
        var conditions = new List<string>();

        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                parameters[name] = value;
            }
        }

        Add("scene = $scene", "scene", filter.Scene);
        Add("verdict = $verdict", "verdict", filter.Verdict);
        Add("list_contains(labels, $label)", "label", filter.Label);
        Add("(list_contains(rules, $rule) OR list_contains(shadow_rules, $rule))", "rule", filter.Rule);
        Add("list = $list", "list", filter.List);
        Add("score >= $min_score", "min_score", filter.MinScore);
        Add("score <= $max_score", "max_score", filter.MaxScore);
        if (filter.Degraded is { } degraded)
        {
            conditions.Add($"store {(degraded ? "<>" : "=")} {DuckDbEngine.Quote(ContractWords.StoreOk)}");
        }

        if (filter.Decisions.Count > 0)
        {
            conditions.Add(In("decision", "decision", filter.Decisions, parameters));
        }

        if (filter.Identifiers.Count > 0)
        {
            conditions.Add(Holds(filter.Identifiers, parameters));
        }

        foreach (var entity in filter.Entities)
        {
            conditions.Add(In(ArchiveEntities.Column(entity.Entity), ArchiveEntities.Column(entity.Entity), entity.Ids, parameters));
        }

        return conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
    }

    /// <summary>A column is one of some numbers; none: nothing is.</summary>
    public static string In(string column, string name, IReadOnlyList<long> ids, Dictionary<string, object> parameters)
    {
        CheckCount(ids);
        var names = new List<string>();
        foreach (var id in ids)
        {
            var parameter = string.Create(CultureInfo.InvariantCulture, $"{name}_{names.Count}");
            parameters[parameter] = id;
            names.Add($"${parameter}");
        }

        return names.Count == 0 ? "false" : $"{column} IN ({string.Join(", ", names)})";
    }

    // DuckDB looks for texts in texts alone. That the 16 digits of one pseudonym stand across two others takes a chance of 2^-64.
    private static string Holds(IReadOnlyList<long> ids, Dictionary<string, object> parameters)
    {
        CheckCount(ids);
        var conditions = new List<string>();
        foreach (var id in ids)
        {
            var parameter = string.Create(CultureInfo.InvariantCulture, $"identifier_{conditions.Count}");
            parameters[parameter] = id.ToString("X16", CultureInfo.InvariantCulture);
            conditions.Add($"contains(hex(entities), ${parameter})");
        }

        return $"({string.Join(" OR ", conditions)})";
    }

    private static void CheckCount(IReadOnlyList<long> ids)
    {
        if (ids.Count > ArchiveLimits.MaxEntityIds)
        {
            throw new ArgumentOutOfRangeException(nameof(ids), ids.Count, $"At most {ArchiveLimits.MaxEntityIds} pseudonyms of one entity.");
        }
    }

    private static RecordedModels ReadModels(DuckDBDataReader reader, int ordinal)
    {
        var shadow = ordinal + 1 + Risks.Count;
        return new RecordedModels
        {
            Model = ReadText(reader, ordinal),
            Probabilities = [.. Enumerable.Range(ordinal + 1, Risks.Count).Select(risk => reader.IsDBNull(risk) ? double.NaN : reader.GetDouble(risk))],
            ShadowModel = ReadText(reader, shadow),
            ShadowScore = reader.IsDBNull(shadow + 1) ? null : reader.GetInt32(shadow + 1),
        };
    }

    private static string? ReadText(DuckDBDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
