using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>Takes a reported outcome that was wrong out of the archive and of every log that it was written to.</summary>
internal sealed class OutcomeCorrection
{
    private readonly IWindowStore _store;
    private readonly LogRewriter _rewriter;
    private readonly DecisionRecordQueue? _records;

    /// <summary>Corrects in a store and, if there is one, in the archive behind a queue.</summary>
    public OutcomeCorrection(IWindowStore store, LogRewriter rewriter, DecisionRecordQueue? records = null)
    {
        _records = records;
        _store = store;
        _rewriter = rewriter;
    }

    /// <summary>Removes an outcome.</summary>
    /// <param name="subject">The event's account under one epoch; a pseudonym of none: the event had no account.</param>
    /// <param name="scoredEvent">The event under that epoch.</param>
    /// <param name="outcome">The outcome.</param>
    public async Task<RightsResult> RemoveAsync(AccountSubject subject, Pseudonym scoredEvent, Outcome outcome)
    {
        var (trace, status) = await AccountTrace.ReadAsync(_store, subject);
        if (trace is null)
        {
            return new RightsResult(status, 0, 0);
        }

        var keys = trace.Entities.Select(trace.KeyOf).ToList();
        var own = await _store.ReadPatientlyAsync(trace.ContextKeyOf(EntityKind.Event, scoredEvent));
        if (own.Status != StoreStatus.Ok)
        {
            return new RightsResult(own.Status, 0, 0);
        }

        // First, as erasure does: what was interrupted can be made again.
        if (_records is not null
            && (await _records.AskAsync(new OutcomeRetraction { Decision = scoredEvent.High, Outcome = outcome })).Status is not StoreStatus.Ok and var failed)
        {
            return new RightsResult(failed, 0, 0);
        }

        AddEntities(trace, own.Value.Span, keys);
        keys.Add(trace.OwnKey);
        var total = await RightsWork.ForEachAsync(
            keys.DistinctBy(Convert.ToHexString, StringComparer.Ordinal),
            key => _rewriter.ChangeRecordsAsync(key, (in WindowRecord record) =>
                record.EventHash == scoredEvent.High && record.Outcome == (byte)outcome ? null : record));
        return total.Status == StoreStatus.Ok && trace.ReportedEvents.Contains(scoredEvent)
            ? total + await UnlinkAsync(trace, scoredEvent)
            : total;
    }

    /// <summary>
    /// An event that had no account is the account's because outcomes say so: takes it out of the account's context once
    /// the account's own log holds none, else erasing the account would take somebody else's event along.
    /// </summary>
    private async Task<RightsResult> UnlinkAsync(AccountTrace trace, Pseudonym scoredEvent)
    {
        var own = await _store.ReadPatientlyAsync(trace.OwnKey);
        if (own.Status != StoreStatus.Ok)
        {
            return new RightsResult(own.Status, 0, 0);
        }

        for (var log = own.Value.Span; log.Length >= WindowRecord.Length; log = log[WindowRecord.Length..])
        {
            if (WindowRecord.Read(log).EventHash == scoredEvent.High)
            {
                return default;
            }
        }

        var result = await _rewriter.ChangeEntriesAsync(trace.ContextKey, log => WithoutEvent(log.Span, scoredEvent));

        // Counted are records of outcomes.
        return result with { Records = 0 };
    }

    private static (byte[] Replacement, int Changed) WithoutEvent(ReadOnlySpan<byte> log, Pseudonym scoredEvent)
    {
        var kept = new Stack<byte[]>();
        var changed = 0;
        for (var rest = log; EntityContext.TryReadLast(ref rest, out var entities, out _, out _); log = rest)
        {
            if (Names(entities, scoredEvent))
            {
                changed++;
            }
            else
            {
                kept.Push(log[rest.Length..].ToArray());
            }
        }

        return ([.. kept.SelectMany(static bytes => bytes)], changed);
    }

    private static bool Names(ReadOnlySpan<byte> entities, Pseudonym scoredEvent)
    {
        while (EntityContext.ReadEntity(ref entities, out var kind, out var pseudonym))
        {
            if (kind == EntityKind.Event && pseudonym == scoredEvent)
            {
                return true;
            }
        }

        return false;
    }

    private static void AddEntities(AccountTrace trace, ReadOnlySpan<byte> context, List<byte[]> keys)
    {
        while (EntityContext.TryReadLast(ref context, out var entities, out _, out _))
        {
            while (EntityContext.ReadEntity(ref entities, out var kind, out var pseudonym))
            {
                keys.Add(trace.KeyOf(new EntityRef(kind, pseudonym)));
            }
        }
    }
}
