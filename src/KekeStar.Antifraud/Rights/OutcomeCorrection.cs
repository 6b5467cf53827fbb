using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>Takes a reported outcome that was wrong out of every log that it was written to.</summary>
internal sealed class OutcomeCorrection
{
    private readonly IWindowStore _store;
    private readonly LogRewriter _rewriter;

    /// <summary>Corrects in a store.</summary>
    public OutcomeCorrection(IWindowStore store, LogRewriter rewriter)
    {
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
        var own = await _store.ReadAsync(trace.ContextKeyOf(EntityKind.Event, scoredEvent), 0, RightsLimits.StoreTimeout);
        if (own.Status != StoreStatus.Ok)
        {
            return new RightsResult(own.Status, 0, 0);
        }

        AddEntities(trace, own.Value.Span, keys);
        keys.Add(trace.OwnKey);
        return await AccountErasure.EachAsync(
            keys.DistinctBy(Convert.ToHexString, StringComparer.Ordinal),
            key => _rewriter.ChangeRecordsAsync(key, (in WindowRecord record) =>
                record.EventHash == scoredEvent.High && record.Outcome == (byte)outcome ? null : record));
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
