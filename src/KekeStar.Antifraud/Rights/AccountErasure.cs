using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// Removes every record that mentions an account from the decision archive and from every log under every key epoch, then the
/// logs that lead there. The latter go last, so that a pass that was interrupted can be made again.
/// </summary>
internal sealed class AccountErasure
{
    private readonly IWindowStore _store;
    private readonly LogRewriter _rewriter;
    private readonly DecisionRecordQueue? _records;

    /// <summary>Erases in a store and, if there is one, in the archive behind a queue.</summary>
    public AccountErasure(IWindowStore store, LogRewriter rewriter, DecisionRecordQueue? records = null)
    {
        _store = store;
        _rewriter = rewriter;
        _records = records;
    }

    /// <summary>Erases an account; repeats until a pass finds nothing.</summary>
    /// <param name="subjects">The account under every epoch.</param>
    public Task<RightsResult> EraseAsync(IReadOnlyList<AccountSubject> subjects) =>
        RightsWork.ForEachEpochAsync(_store, subjects, EraseAsync);

    private async Task<RightsResult> EraseAsync(AccountTrace trace)
    {
        var total = await EraseDecisionsAsync(trace);
        if (total.Status != StoreStatus.Ok)
        {
            return total;
        }

        for (var pass = 0; pass < RightsLimits.Passes; pass++)
        {
            var before = total;
            total += await RightsWork.ForEachAsync(trace.Entities, entity => _rewriter.ChangeRecordsAsync(
                trace.KeyOf(entity), (in WindowRecord record) => trace.Owns(record) ? null : record));
            total += await RightsWork.ForEachAsync(trace.ReportedEvents, reported =>
                _rewriter.RemoveAsync(trace.ContextKeyOf(EntityKind.Event, reported), recordLength: 0));
            if (total.Status != StoreStatus.Ok)
            {
                return total;
            }

            if (total.Logs == before.Logs)
            {
                total += await _rewriter.RemoveAsync(trace.OwnKey, WindowRecord.Length);
                return total + await _rewriter.RemoveAsync(trace.ContextKey, recordLength: 0);
            }
        }

        // Events of the account keep coming in, although it is forgotten: something else is wrong.
        return total with { Status = StoreStatus.Timeout };
    }

    private Task<RightsResult> EraseDecisionsAsync(AccountTrace trace) => _records is null
        ? Task.FromResult(default(RightsResult))
        : _records.AskAsync(new RecordErasure
        {
            Account = trace.Subject.Account.High,
            Decisions = [.. trace.ReportedEvents.Select(static reported => reported.High)],
        });
}
