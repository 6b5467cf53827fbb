using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Writes a reported outcome into the log of every entity that its event had: one round trip to find them, one to
/// write.
/// </summary>
internal sealed class OutcomeWriter
{
    private const int LogRead = WindowLimits.SecondReadRecords * WindowRecord.Length;

    private readonly StoreGate _gate;
    private readonly Pseudonymiser _pseudonymiser;
    private readonly EntityContexts _contexts;
    private readonly LogTrimmer _trimmer;

    /// <summary>Writes through a gate.</summary>
    public OutcomeWriter(StoreGate gate, Pseudonymiser pseudonymiser, EntityContexts contexts, LogTrimmer trimmer)
    {
        _gate = gate;
        _pseudonymiser = pseudonymiser;
        _contexts = contexts;
        _trimmer = trimmer;
    }

    /// <summary>Writes an outcome.</summary>
    /// <param name="report">A report without error.</param>
    /// <param name="budget">What is left of the caller's deadline.</param>
    public async ValueTask<OutcomeWritten> WriteAsync(OutcomeReport report, TimeSpan budget)
    {
        var found = new Observation();
        AskForEntities(report, found);
        var status = await _gate.ObserveAsync(found, budget);
        if (status != StoreStatus.Ok)
        {
            return new OutcomeWritten(status, IsEventFound: false, Windows: 0);
        }

        var outcomes = new Observation();
        var isFound = AddOutcomes(report, found, outcomes);
        if (outcomes.Count == 0)
        {
            return new OutcomeWritten(StoreStatus.Ok, isFound, Windows: 0);
        }

        status = await _gate.ObserveAsync(outcomes, budget);
        if (status == StoreStatus.Ok)
        {
            TrimRepeated(outcomes);
        }

        return new OutcomeWritten(status, isFound, status == StoreStatus.Ok ? outcomes.Count : 0);
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

    private static WindowRecord RecordFor(OutcomeReport report, ulong account, ulong device) => new(
        report.TimeMilliseconds, Scene: 0, (byte)report.Outcome, report.IsLate, account, device, report.Event.High);

    private static ulong DeviceOf(ReadOnlySpan<byte> entities)
    {
        while (EntityContexts.ReadEntity(ref entities, out var kind, out var pseudonym))
        {
            if (kind == EntityKind.Device)
            {
                return pseudonym.High;
            }
        }

        return 0;
    }

    private void AskForEntities(OutcomeReport report, Observation found)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        _contexts.WriteKey(key, EntityKind.Event, report.Event);
        found.AddRead(key, -EntityContexts.MaxLength, -1);
        if (!report.Account.IsNone)
        {
            WindowKey.Write(key, _pseudonymiser.Epoch, EntityKind.Account, report.Account);
            found.AddRead(key, -LogRead, -1);
            _contexts.WriteKey(key, EntityKind.Account, report.Account);
            found.AddRead(key, -EntityContexts.MaxLength, -1);
        }
    }

    private bool AddOutcomes(OutcomeReport report, Observation found, Observation outcomes)
    {
        var isFound = EntityContexts.TryFind(found.Tail(0), entitySet: null, out var entities);
        var accountField = AccountContext.Pack(0, 0);
        if (!isFound && found.Count > 1 && TryFindAttempt(found.Tail(1), report.Event.High, out var attempt))
        {
            accountField = attempt.Account;
            isFound = EntityContexts.TryFind(found.Tail(2), AccountContext.EntitySet(attempt.Account), out entities);
        }

        Span<byte> key = stackalloc byte[WindowKey.Length];
        var device = DeviceOf(entities);
        if (!report.Account.IsNone)
        {
            WindowKey.Write(key, _pseudonymiser.Epoch, EntityKind.Account, report.Account);
            outcomes.AddAppend(key, RecordFor(report, accountField, device), WindowLimits.Retention, -LogRead, -1);
        }

        while (EntityContexts.ReadEntity(ref entities, out var kind, out var pseudonym))
        {
            WindowKey.Write(key, _pseudonymiser.Epoch, kind, pseudonym);
            outcomes.AddAppend(key, RecordFor(report, report.Account.High, device), WindowLimits.Retention, -LogRead, -1);
        }

        return isFound;
    }

    private void TrimRepeated(Observation outcomes)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes.LogLength(i) > WindowLimits.TrimRecords * WindowRecord.Length || IsRepeated(outcomes.Tail(i)))
            {
                _trimmer.Request(outcomes.Key(i).Span);
            }
        }
    }

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
}

/// <summary>How writing an outcome ended.</summary>
/// <param name="Status">How asking the store ended.</param>
/// <param name="IsEventFound">True if the event's entities were found.</param>
/// <param name="Windows">In how many logs the outcome was written.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutcomeWritten(StoreStatus Status, bool IsEventFound, int Windows);
