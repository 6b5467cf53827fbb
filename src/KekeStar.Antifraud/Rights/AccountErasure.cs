using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// Removes every record that mentions an account from every log under every key epoch, then the logs that lead there.
/// The latter go last, so that a pass that was interrupted can be made again.
/// </summary>
internal sealed class AccountErasure
{
    private readonly IWindowStore _store;
    private readonly LogRewriter _rewriter;

    /// <summary>Erases in a store.</summary>
    public AccountErasure(IWindowStore store, LogRewriter rewriter)
    {
        _store = store;
        _rewriter = rewriter;
    }

    /// <summary>Erases an account; repeats until a pass finds nothing.</summary>
    /// <param name="subjects">The account under every epoch.</param>
    public async Task<RightsResult> EraseAsync(IReadOnlyList<AccountSubject> subjects)
    {
        var total = default(RightsResult);
        foreach (var subject in subjects)
        {
            var (trace, status) = await AccountTrace.ReadAsync(_store, subject);
            if (trace is null)
            {
                return total with { Status = status };
            }

            total += await EraseAsync(trace);
            if (total.Status != StoreStatus.Ok)
            {
                return total;
            }
        }

        return total;
    }

    private async Task<RightsResult> EraseAsync(AccountTrace trace)
    {
        var total = default(RightsResult);
        for (var pass = 0; pass < RightsLimits.Passes; pass++)
        {
            var before = total;
            total += await EachAsync(trace.Entities, entity => _rewriter.ChangeRecordsAsync(
                trace.KeyOf(entity), (in WindowRecord record) => trace.Owns(record) ? null : record));
            total += await EachAsync(trace.ReportedEvents, reported =>
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

    /// <summary>Works on many logs, some at a time, and adds up what was done.</summary>
    internal static async Task<RightsResult> EachAsync<T>(IEnumerable<T> items, Func<T, Task<RightsResult>> work)
    {
        var total = default(RightsResult);
        var adding = new Lock();
        await Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = RightsLimits.Parallelism },
            async (item, _) =>
            {
                var result = await work(item);
                lock (adding)
                {
                    total += result;
                }
            });
        return total;
    }
}
