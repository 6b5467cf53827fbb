using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>Reads decisions and outcomes of archives in the order in which they happened, whatever the order of the files.</summary>
internal sealed class ArchiveRows
{
    private const string DecisionColumns =
        "epoch_ms(time), epoch_ms(event_time), sequence, decision, scene, verdict, score, policy, policy_hash, store, list, key_epoch, late, "
        + "device_named, country, at_place, rules, shadow_rules, account, device, ip, ip_prefix, bssid, cohort, entities, features, filename";

    private const string OutcomeColumns =
        "epoch_ms(time), epoch_ms(outcome_time), sequence, decision, outcome, late, key_epoch, account, other_account, device, context, entities";

    // Order of the columns of single entities from account to cohort, for rows whose blob was erased.
    private static readonly int[] ColumnSlots =
        [EntitySlot.Account, EntitySlot.Device, EntitySlot.Ip, EntitySlot.IpPrefix, EntitySlot.Bssid, EntitySlot.Cohort];

    private readonly DuckDbEngine _engine;
    private readonly Dictionary<string, (RecordedFeatures Reader, int[] Slots)> _catalogues = new(StringComparer.Ordinal);

    /// <summary>Reads the archives below some folders.</summary>
    /// <param name="engine">Reads the files.</param>
    /// <param name="roots">The archives' folders.</param>
    public ArchiveRows(DuckDbEngine engine, IReadOnlyList<string> roots)
    {
        _engine = engine;
        Files = new ReadOnlyArchives(engine, roots);
    }

    /// <summary>The files.</summary>
    public ReadOnlyArchives Files { get; }

    /// <summary>Reads what happened in a range of time, in order.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment behind the last.</param>
    /// <exception cref="ArchiveException">A file cannot be read, or lacks what a backtest needs.</exception>
    public IEnumerable<ArchivedRow> Read(DateTimeOffset from, DateTimeOffset to) =>
        Files.Read(from, to, [ArchiveKind.Records, ArchiveKind.Outcomes], Check, ReadSlice);

    private void Check(ArchiveHour hour)
    {
        var files = Files.FilesOf(ArchiveKind.Records, hour);
        if (files.Count == 0)
        {
            return;
        }

        var sound = Files.PathsWith(files, RecordSchema.Sequence.Name);
        if (files.Find(file => !sound.Contains(file.RecordsPath)) is { } old)
        {
            throw new ArchiveException(
                $"'{old.RecordsPath}' was written by a version that did not record what windows are rebuilt from. "
                + "Begin the warm-up behind it, with a later --from or a shorter --warm-up.");
        }
    }

    private List<ArchivedRow> ReadSlice(ArchiveHour hour, long from, long to)
    {
        var rows = ReadDecisions(Files.FilesOf(ArchiveKind.Records, hour), from, to);
        rows.AddRange(ReadOutcomes(Files.FilesOf(ArchiveKind.Outcomes, hour), from, to));
        rows.Sort(static (left, right) =>
            (left.TimeMilliseconds, left.Sequence).CompareTo((right.TimeMilliseconds, right.Sequence)));
        return rows;
    }

    private List<ArchivedRow> ReadDecisions(List<ArchiveFile> files, long from, long to)
    {
        if (files.Count == 0)
        {
            return [];
        }

        var catalogues = files.ToDictionary(static file => file.RecordsPath, static file => file.Catalogue, StringComparer.Ordinal);
        foreach (var file in files.Where(file => !_catalogues.ContainsKey(file.Catalogue)))
        {
            _catalogues.Add(file.Catalogue, (
                new RecordedFeatures(Files.Metadata(file, RecordSchema.FeaturesKey)),
                [.. Files.Metadata(file, RecordSchema.SlotsKey).Select(static name => EntitySlotNames.All.ToList().IndexOf(name))]));
        }

        return _engine.Query(
            $"""
            SELECT {DecisionColumns} FROM {DuckDbEngine.Read(files.Select(static file => file.RecordsPath), ", filename = true")}
            WHERE {ReadOnlyArchives.Within(from, to)}
            """,
            reader => ReadDecision(reader, _catalogues[catalogues[reader.GetString(26)]]));
    }

    private static ArchivedRow ReadDecision(DuckDBDataReader reader, (RecordedFeatures Reader, int[] Slots) catalogue)
    {
        var entities = DecisionSql.ReadBlob(reader, 24);
        var features = DecisionSql.ReadBlob(reader, 25);
        var decision = new ArchivedDecision
        {
            TimeMilliseconds = reader.GetInt64(0),
            EventTimeMilliseconds = reader.GetInt64(1),
            Sequence = reader.GetInt64(2),
            Decision = reader.GetInt64(3),
            Scene = reader.GetString(4),
            Verdict = reader.GetString(5),
            Score = reader.GetInt32(6),
            Policy = reader.GetString(7),
            PolicyHash = reader.GetString(8),
            Store = reader.GetString(9),
            List = reader.IsDBNull(10) ? null : reader.GetString(10),
            KeyEpoch = (byte)reader.GetInt32(11),
            IsLate = reader.GetBoolean(12),
            IsDeviceNamed = reader.GetBoolean(13),
            Country = reader.IsDBNull(14) ? null : reader.GetString(14),
            IsPlace = reader.GetBoolean(15),
            Rules = reader.GetFieldValue<List<string>>(16),
            ShadowRules = reader.GetFieldValue<List<string>>(17),
            Entities = entities is null ? ColumnEntities(reader) : BlobEntities(entities, catalogue.Slots),
            Features = features,
            Reader = catalogue.Reader,
        };
        return new ArchivedRow(decision, Outcome: null, IsComplete: entities is not null && features is not null);
    }

    private static ulong[] ColumnEntities(DuckDBDataReader reader)
    {
        var bySlot = new ulong[EntitySlot.Count];
        for (var column = 0; column < ColumnSlots.Length; column++)
        {
            bySlot[ColumnSlots[column]] = ReadId(reader, 18 + column);
        }

        return bySlot;
    }

    private static ulong[] BlobEntities(ReadOnlySpan<byte> blob, int[] slots)
    {
        var bySlot = new ulong[EntitySlot.Count];
        for (; blob.Length >= RecordColumns.EntityBytes; blob = blob[RecordColumns.EntityBytes..])
        {
            if (blob[0] < slots.Length && slots[blob[0]] is >= 0 and var slot)
            {
                bySlot[slot] = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(blob[1..]);
            }
        }

        return bySlot;
    }

    private List<ArchivedRow> ReadOutcomes(List<ArchiveFile> files, long from, long to) => files.Count == 0 ? [] : _engine.Query(
        $"SELECT {OutcomeColumns} FROM {DuckDbEngine.Read(files.Select(static file => file.RecordsPath))} WHERE {ReadOnlyArchives.Within(from, to)}",
        static reader =>
        {
            var entities = DecisionSql.ReadBlob(reader, 11);
            var outcome = new OutcomeRecord
            {
                TimeMilliseconds = reader.GetInt64(0),
                OutcomeTimeMilliseconds = reader.GetInt64(1),
                Sequence = reader.GetInt64(2),
                Decision = unchecked((ulong)reader.GetInt64(3)),
                Outcome = ContractWords.OutcomeOf(reader.GetString(4)),
                IsLate = reader.GetBoolean(5),
                KeyEpoch = (byte)reader.GetInt32(6),
                Account = ReadId(reader, 7),
                OtherAccount = ReadId(reader, 8),
                Device = ReadId(reader, 9),
                Context = ReadId(reader, 10),
                Entities = entities ?? [],
            };
            return new ArchivedRow(Decision: null, outcome, IsComplete: entities is not null);
        });

    private static ulong ReadId(DuckDBDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? 0 : unchecked((ulong)reader.GetInt64(ordinal));
}
