using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>Writes all that is held about an account as one JSON document; docs/privacy.md gives its form.</summary>
internal sealed class AccountExport
{
    /// <summary>Name and version of the form.</summary>
    public const string Format = "kekestar-antifraud-export/1";

    private const int ShownDigits = 8;

    // Chinese text stays readable.
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly SignalOptions ListEntrySignal = SignalOf("list_entry");
    private static readonly SignalOptions MinorSignal = SignalOf("minor");
    private static readonly SignalOptions WithdrawalSignal = SignalOf("withdrawn_categories");

    private readonly IWindowStore _store;
    private readonly ListBook _lists;
    private readonly ConsentBook _consents;
    private readonly TimeProvider _time;
    private readonly DecisionRecordQueue? _records;

    /// <summary>Exports from a store, the lists, the consent markers and, if there is one, the archive behind a queue.</summary>
    public AccountExport(IWindowStore store, ListBook lists, ConsentBook consents, TimeProvider time, DecisionRecordQueue? records = null)
    {
        _records = records;
        _store = store;
        _lists = lists;
        _consents = consents;
        _time = time;
    }

    /// <summary>Writes the document.</summary>
    /// <param name="subjects">The account under every epoch.</param>
    /// <returns>UTF-8 JSON and Ok, or nothing and why the store did not give all of it.</returns>
    public async Task<(ReadOnlyMemory<byte> Document, StoreStatus Status)> WriteAsync(IReadOnlyList<AccountSubject> subjects)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, Layout);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("exported_at", _time.GetUtcNow());
        json.WriteStartArray("window_logs");
        foreach (var subject in subjects)
        {
            var status = await WriteLogsAsync(json, subject);
            if (status != StoreStatus.Ok)
            {
                return (default, status);
            }
        }

        json.WriteEndArray();
        WriteLists(json, subjects);
        WriteConsents(json, subjects);
        if (_records is not null && await WriteDecisionsAsync(json, subjects, _records) is not StoreStatus.Ok and var failed)
        {
            return (default, failed);
        }

        json.WriteEndObject();
        await json.FlushAsync();
        return (buffer.WrittenMemory, StoreStatus.Ok);
    }

    private static async Task<StoreStatus> WriteDecisionsAsync(Utf8JsonWriter json, IReadOnlyList<AccountSubject> subjects, DecisionRecordQueue records)
    {
        var answer = await records.AskAsync(new RecordExtract { Accounts = [.. subjects.Select(static subject => subject.Account.High)] });
        if (answer.Status != StoreStatus.Ok)
        {
            return answer.Status;
        }

        // More than are listed where there are very many.
        json.WriteStartObject("decisions");
        json.WriteNumber("total", answer.Total);
        json.WriteStartArray("rows");
        foreach (var row in answer.Rows)
        {
            WriteDecision(json, row, answer.Retention);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("outcomes");
        json.WriteNumber("total", answer.OutcomeTotal);
        json.WriteStartArray("rows");
        foreach (var row in answer.Outcomes)
        {
            json.WriteStartObject();
            json.WriteString("time", row.Time);
            json.WriteNumber("key_epoch", row.KeyEpoch);
            json.WriteString("outcome", row.Outcome);
            json.WriteString("outcome_time", row.OutcomeTime);
            json.WriteString("gone_by", row.Time + answer.Retention);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return StoreStatus.Ok;
    }

    private static void WriteDecision(Utf8JsonWriter json, ExtractedRecord row, TimeSpan retention)
    {
        json.WriteStartObject();
        json.WriteString("time", row.Time);
        json.WriteNumber("key_epoch", row.KeyEpoch);
        json.WriteString("scene", row.Scene);
        json.WriteString("verdict", row.Verdict);
        json.WriteNumber("score", row.Score);
        WriteNames(json, "labels", row.Labels);
        WriteNames(json, "rules", row.Rules);
        if (row.Country is not null)
        {
            json.WriteString("country", row.Country);
        }

        if (row.Feedback is not null)
        {
            json.WriteString("feedback", row.Feedback);
        }

        json.WriteString("gone_by", row.Time + retention);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static SignalOptions SignalOf(string name) =>
        DataInventory.Fields.Select(DataInventory.OptionsOf).First(options => options?.Name == name)!;

    private static SignalOptions SignalOf(ConsentMarker marker) => marker switch
    {
        ConsentMarker.Minor => MinorSignal,
        ConsentMarker.Forgotten => EntitySignals.Of(EntityKind.Account),
        _ => WithdrawalSignal,
    };

    private static void WriteSignal(Utf8JsonWriter json, SignalOptions signal)
    {
        json.WriteString("signal", signal.Name);
        json.WriteString("handling", Name(signal.Handling));
        json.WriteString("consent", Name(signal.Consent));
        json.WriteString("purpose", signal.Purpose);
        json.WriteString("purpose_zh", signal.PurposeZh);
        json.WriteNumber("retention_days", signal.RetentionDays);
    }

    private static string Name<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Shorten(Pseudonym pseudonym) =>
        pseudonym.High.ToString("x16", CultureInfo.InvariantCulture)[..ShownDigits];

    private async Task<StoreStatus> WriteLogsAsync(Utf8JsonWriter json, AccountSubject subject)
    {
        var (trace, status) = await AccountTrace.ReadAsync(_store, subject);
        if (trace is null)
        {
            return status;
        }

        var own = new EntityRef(EntityKind.Account, subject.Account);
        WriteLog(json, trace, own, trace.OwnLog.Span, isOwn: true);
        foreach (var batch in trace.Entities.Chunk(RightsLimits.Parallelism))
        {
            var logs = await Task.WhenAll(batch.Select(entity =>
                _store.ReadPatientlyAsync(trace.KeyOf(entity))));
            for (var i = 0; i < batch.Length; i++)
            {
                if (logs[i].Status != StoreStatus.Ok)
                {
                    return logs[i].Status;
                }

                WriteLog(json, trace, batch[i], logs[i].Value.Span, isOwn: false);
            }
        }

        return StoreStatus.Ok;
    }

    private static void WriteLog(Utf8JsonWriter json, AccountTrace trace, EntityRef entity, ReadOnlySpan<byte> log, bool isOwn)
    {
        var records = new List<WindowRecord>();
        for (; log.Length >= WindowRecord.Length; log = log[WindowRecord.Length..])
        {
            var record = WindowRecord.Read(log);
            if (!record.IsCut && (isOwn || trace.Owns(record)))
            {
                records.Add(record);
            }
        }

        // An entity of the account is remembered for longer than its records.
        if (records.Count == 0 && isOwn)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("entity", Name(entity.Kind));
        json.WriteString("pseudonym", Shorten(entity.Pseudonym));
        json.WriteNumber("key_epoch", trace.Subject.Epoch.Number);
        WriteSignal(json, EntitySignals.Of(entity.Kind));
        json.WriteStartArray("records");
        foreach (var record in records)
        {
            json.WriteStartObject();
            json.WriteString("time", DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMilliseconds));
            if (record.Outcome == 0)
            {
                json.WriteString("scene", Name((Scene)record.Scene));
                WriteFindings(json, entity.Kind, record);
            }
            else
            {
                json.WriteString("outcome", Name((Outcome)record.Outcome));
            }

            json.WriteString("gone_by", DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMilliseconds) + WindowLimits.ContextRetention);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // What the attempts of two logs carry besides: the country of the address, and the evidence for labels.
    private static void WriteFindings(Utf8JsonWriter json, EntityKind kind, in WindowRecord attempt)
    {
        switch (kind)
        {
            case EntityKind.Account when AccountContext.Country(attempt.Account) is { IsKnown: true } country:
                json.WriteString("country", country.ToString());
                break;
            case EntityKind.Device when DeviceContext.Evidence(attempt.Device) is not 0 and var evidence:
                json.WriteStartArray("labels");
                foreach (var label in LabelCatalogue.All)
                {
                    if ((label.KeptBits & evidence) != 0)
                    {
                        json.WriteStringValue(label.Name);
                    }
                }

                json.WriteEndArray();
                break;
        }
    }

    private void WriteLists(Utf8JsonWriter json, IReadOnlyList<AccountSubject> subjects)
    {
        json.WriteStartArray("lists");
        foreach (var subject in subjects)
        {
            if (_lists.FindEntry(EntityKind.Account, subject.Account) is { } entry)
            {
                json.WriteStartObject();
                json.WriteString("list", Name(entry.List));
                json.WriteNumber("key_epoch", entry.Epoch);
                WriteSignal(json, ListEntrySignal);
                json.WriteString("gone_by", DateTimeOffset.FromUnixTimeMilliseconds(entry.ExpiresMilliseconds));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private void WriteConsents(Utf8JsonWriter json, IReadOnlyList<AccountSubject> subjects)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        json.WriteStartArray("consent_markers");
        foreach (var subject in subjects)
        {
            if (!_consents.TryFind(subject.Account, default, out var markers))
            {
                continue;
            }

            for (var marker = ConsentMarker.None + 1; (int)marker < ConsentMarkers.Count; marker++)
            {
                var at = markers.At(marker, now);
                if (at != 0)
                {
                    json.WriteStartObject();
                    json.WriteString("marker", Name(marker));
                    json.WriteNumber("key_epoch", subject.Epoch.Number);
                    WriteSignal(json, SignalOf(marker));
                    json.WriteString("since", DateTimeOffset.FromUnixTimeMilliseconds(at));
                    json.WriteString("gone_by", DateTimeOffset.FromUnixTimeMilliseconds(at) + ConsentMarkers.Lifetime(marker));
                    json.WriteEndObject();
                }
            }
        }

        json.WriteEndArray();
    }
}
