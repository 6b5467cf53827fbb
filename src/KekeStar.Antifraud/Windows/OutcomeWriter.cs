using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Writes a reported outcome into the log of every entity that its event had, under every epoch that is written: one
/// round trip to find them, one to write.
/// </summary>
internal sealed class OutcomeWriter
{
    private const int LogRead = WindowLimits.SecondReadRecords * WindowRecord.Length;

    private readonly StoreGate _gate;
    private readonly LogTrimmer _trimmer;
    private readonly TimeProvider _time;
    private readonly DecisionRecordQueue? _records;

    /// <summary>Writes through a gate; without a queue no outcome is recorded.</summary>
    public OutcomeWriter(StoreGate gate, LogTrimmer trimmer, TimeProvider time, DecisionRecordQueue? records = null)
    {
        _records = records;
        _gate = gate;
        _trimmer = trimmer;
        _time = time;
    }

    /// <summary>Writes an outcome.</summary>
    /// <param name="report">A report without error.</param>
    /// <param name="budget">What is left of the caller's deadline.</param>
    public async ValueTask<OutcomeWritten> WriteAsync(OutcomeReport report, TimeSpan budget)
    {
        var found = new Observation();
        AskForEntities(ReportView.OfCurrent(report), found);
        if (report.Keys.WritesOther)
        {
            AskForEntities(ReportView.OfOther(report), found);
        }

        var status = await _gate.ObserveAsync(found, budget);
        if (status != StoreStatus.Ok)
        {
            return new OutcomeWritten(status, IsEventFound: false, Windows: 0);
        }

        var outcomes = new Observation();
        var isFound = AddOutcomes(ReportView.OfCurrent(report), found, firstEntry: 0, outcomes, out var windows, out var record);
        if (report.Keys.WritesOther)
        {
            AddOutcomes(ReportView.OfOther(report), found, found.Count / 2, outcomes, out _, out _);
        }

        if (outcomes.Count == 0)
        {
            return new OutcomeWritten(StoreStatus.Ok, isFound, Windows: 0);
        }

        status = await _gate.ObserveAsync(outcomes, budget);
        if (status == StoreStatus.Ok)
        {
            RequestTrims(outcomes);
            if (record is not null)
            {
                _records!.Add(record);
            }
        }

        return new OutcomeWritten(status, isFound, status == StoreStatus.Ok ? windows : 0);
    }

    /// <summary>Writes an outcome as it was written before, from its record: to the windows that it names.</summary>
    /// <param name="record">The outcome; the keys of its windows are made of the 64 bits that it has of each pseudonym.</param>
    /// <param name="budget">How long it may take.</param>
    public async ValueTask<StoreStatus> RestoreAsync(OutcomeRecord record, TimeSpan budget)
    {
        var outcomes = new Observation();
        AddRecorded(record, outcomes);
        var status = await _gate.ObserveAsync(outcomes, budget);
        if (status == StoreStatus.Ok)
        {
            RequestTrims(outcomes);
        }

        return status;
    }

    private static void AddRecorded(OutcomeRecord record, Observation outcomes)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        var written = new WindowRecord(
            record.OutcomeTimeMilliseconds, Scene: 0, (byte)record.Outcome, record.IsLate, record.Account, record.Device, record.Decision);
        if (record.Account != 0)
        {
            WindowKey.Write(key, record.KeyEpoch, EntityKind.Account, new Pseudonym(record.Account, 0));
            outcomes.AddAppend(key, written with { Account = record.Context }, WindowLimits.Retention, -LogRead, -1);
        }

        ReadOnlySpan<byte> entities = record.Entities;
        while (OutcomeRecord.ReadEntity(ref entities, out var kind, out var pseudonym))
        {
            WindowKey.Write(key, record.KeyEpoch, kind, new Pseudonym(pseudonym, 0));
            outcomes.AddAppend(key, written, WindowLimits.Retention, -LogRead, -1);
        }
    }

    private static bool TryFindAttempt(ReadOnlySpan<byte> log, ulong eventHash, out WindowRecord attempt)
    {
        for (var offset = log.Length - WindowRecord.Length; offset >= 0; offset -= WindowRecord.Length)
        {
            attempt = WindowRecord.Read(log[offset..]);
            if (attempt.EventHash == eventHash && attempt.Outcome == (byte)Outcome.Unspecified)
            {
                return true;
            }
        }

        attempt = default;
        return false;
    }

    private static ulong DeviceOf(ReadOnlySpan<byte> entities)
    {
        while (EntityContext.ReadEntity(ref entities, out var kind, out var pseudonym))
        {
            if (kind == EntityKind.Device)
            {
                return pseudonym.High;
            }
        }

        return 0;
    }

    private static void AskForEntities(in ReportView report, Observation found)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        EntityContexts.WriteKey(key, report.Epoch, EntityKind.Event, report.Event);
        found.AddRead(key, -EntityContexts.ReadLength, -1);
        if (!report.Account.IsNone)
        {
            WindowKey.Write(key, report.Epoch, EntityKind.Account, report.Account);
            found.AddRead(key, -LogRead, -1);
            EntityContexts.WriteKey(key, report.Epoch, EntityKind.Account, report.Account);
            found.AddRead(key, -EntityContexts.ReadLength, -1);
        }
    }

    private bool AddOutcomes(in ReportView report, Observation found, int firstEntry, Observation outcomes, out int windows, out OutcomeRecord? record)
    {
        record = null;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var hasAccount = !report.Account.IsNone;
        var isOfEvent = EntityContexts.TryFind(found.Tail(firstEntry), entitySet: null, now, out var entities, out var eventTime);
        var accountField = 0UL;
        var isFound = isOfEvent;
        if (!isFound && hasAccount && TryFindAttempt(found.Tail(firstEntry + 1), report.Event.High, out var attempt))
        {
            accountField = attempt.Account;
            isFound = EntityContexts.TryFind(found.Tail(firstEntry + 2), AccountContext.EntitySet(attempt.Account), now, out entities, out _);
            eventTime = attempt.TimeMilliseconds;
        }

        windows = 0;
        if (report.Report.ForgottenAtMilliseconds != 0 && (!isFound || eventTime <= report.Report.ForgottenAtMilliseconds))
        {
            // The account was erased after the event, or while this report was on its way.
            return false;
        }

        if (isOfEvent && hasAccount)
        {
            AddContext(report, entities, outcomes);
        }

        Span<byte> key = stackalloc byte[WindowKey.Length];
        var device = DeviceOf(entities);
        record = _records is null || (!hasAccount && entities.IsEmpty) ? null : RecordOf(report, accountField, device, entities);
        if (hasAccount)
        {
            WindowKey.Write(key, report.Epoch, EntityKind.Account, report.Account);
            outcomes.AddAppend(key, report.Record(accountField, device), WindowLimits.Retention, -LogRead, -1);
            windows++;
        }

        while (EntityContext.ReadEntity(ref entities, out var kind, out var pseudonym))
        {
            WindowKey.Write(key, report.Epoch, kind, pseudonym);
            outcomes.AddAppend(key, report.Record(report.Account.High, device), WindowLimits.Retention, -LogRead, -1);
            windows++;
        }

        return isFound;
    }

    private static OutcomeRecord RecordOf(in ReportView report, ulong context, ulong device, ReadOnlySpan<byte> entities)
    {
        var blob = new byte[entities.Length / EntityContext.EntityLength * OutcomeRecord.EntityBytes];
        for (var rest = blob.AsSpan(); EntityContext.ReadEntity(ref entities, out var kind, out var pseudonym); rest = rest[OutcomeRecord.EntityBytes..])
        {
            rest[0] = (byte)kind;
            BinaryPrimitives.WriteUInt64BigEndian(rest[1..], pseudonym.High);
        }

        return new OutcomeRecord
        {
            OutcomeTimeMilliseconds = report.Report.TimeMilliseconds,
            Decision = report.Event.High,
            Outcome = report.Report.Outcome,
            IsLate = report.Report.IsLate,
            KeyEpoch = report.Epoch,
            Account = report.Account.High,
            OtherAccount = report.Report.OtherAccount.High,
            Device = device,
            Context = context,
            Entities = blob,
        };
    }

    /// <summary>
    /// An event that had no account has one now: from here on the account leads to its entities and to the event itself,
    /// so that erasing the account finds them.
    /// </summary>
    private static void AddContext(in ReportView report, ReadOnlySpan<byte> entities, Observation outcomes)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        Span<byte> entry = stackalloc byte[EntityContext.MaxLength];
        EntityContexts.WriteKey(key, report.Epoch, EntityKind.Account, report.Account);
        entities.CopyTo(entry);
        var length = entities.Length;
        length += EntityContext.WriteEntity(EntityKind.Event, report.Event, entry[length..]);
        length = EntityContext.WriteTail(report.Report.TimeMilliseconds, entitySet: 0, length, entry);
        outcomes.AddAppend(key, entry[..length], WindowLimits.ContextRetention, start: 1, end: 0);
    }

    private void RequestTrims(Observation outcomes)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            var key = outcomes.Key(i).Span;
            if (key[0] == WindowKey.Prefix
                && (outcomes.LogLength(i) > WindowLimits.TrimRecords * WindowRecord.Length
                    || IsRepeated(outcomes.Tail(i))
                    || HasExpired(outcomes.Tail(i))))
            {
                _trimmer.Request(key);
            }
        }
    }

    private bool HasExpired(ReadOnlySpan<byte> log) =>
        log.Length >= WindowRecord.Length
        && _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(WindowRecord.Read(log).TimeMilliseconds) > WindowLimits.Reach;

    // The report's own record is the last one, unless others slipped in behind it; those will see the copy themselves.
    private static bool IsRepeated(ReadOnlySpan<byte> log)
    {
        if (log.Length < 2 * WindowRecord.Length)
        {
            return false;
        }

        var last = WindowRecord.Read(log[^WindowRecord.Length..]);
        for (var offset = 0; offset < log.Length - WindowRecord.Length; offset += WindowRecord.Length)
        {
            var record = WindowRecord.Read(log[offset..]);
            if (record.EventHash == last.EventHash && record.Outcome == last.Outcome)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A report as one key epoch sees it.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct ReportView(OutcomeReport Report, byte Epoch, Pseudonym Event, Pseudonym Account)
    {
        public static ReportView OfCurrent(OutcomeReport report) => new(report, report.Keys.Current.Number, report.Event, report.Account);

        public static ReportView OfOther(OutcomeReport report) => new(report, report.Keys.Other!.Number, report.OtherEvent, report.OtherAccount);

        public WindowRecord Record(ulong account, ulong device) => new(
            Report.TimeMilliseconds, Scene: 0, (byte)Report.Outcome, Report.IsLate, account, device, Event.High);
    }
}

/// <summary>How writing an outcome ended.</summary>
/// <param name="Status">How asking the store ended.</param>
/// <param name="IsEventFound">True if the event's entities were found.</param>
/// <param name="Windows">In how many logs the outcome was written.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutcomeWritten(StoreStatus Status, bool IsEventFound, int Windows);
