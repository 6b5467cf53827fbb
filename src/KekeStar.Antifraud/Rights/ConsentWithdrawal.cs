using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// Removes what an account's signals of some consent categories derived: its records in the logs of entities of those
/// categories, their mention in its context log, and, where a device is known by such an identifier alone, the device's
/// mention in the account's other records. What essential signals derived stays.
/// </summary>
internal sealed class ConsentWithdrawal
{
    private readonly IWindowStore _store;
    private readonly LogRewriter _rewriter;

    /// <summary>Removes in a store.</summary>
    public ConsentWithdrawal(IWindowStore store, LogRewriter rewriter)
    {
        _store = store;
        _rewriter = rewriter;
    }

    /// <summary>Removes what the categories derived.</summary>
    /// <param name="subjects">The account under every epoch.</param>
    /// <param name="categories">The categories.</param>
    public async Task<RightsResult> RemoveAsync(IReadOnlyList<AccountSubject> subjects, IReadOnlyCollection<ConsentCategory> categories)
    {
        var total = default(RightsResult);
        foreach (var subject in subjects)
        {
            var (trace, status) = await AccountTrace.ReadAsync(_store, subject);
            if (trace is null)
            {
                return total with { Status = status };
            }

            total += await RemoveAsync(trace, categories);
            if (total.Status != StoreStatus.Ok)
            {
                return total;
            }
        }

        return total;
    }

    private async Task<RightsResult> RemoveAsync(AccountTrace trace, IReadOnlyCollection<ConsentCategory> categories)
    {
        bool IsWithdrawn(EntityRef entity) => entity.Kind == EntityKind.Device
            ? categories.Any(category => trace.IsToldBy(entity.Pseudonym, category))
            : categories.Contains(EntitySignals.ConsentOf(entity.Kind));

        var withdrawn = trace.Entities.Where(IsWithdrawn).ToHashSet();
        var devices = withdrawn.Where(static entity => entity.Kind == EntityKind.Device).Select(static entity => entity.Pseudonym.High).ToHashSet();

        WindowRecord? WithoutDevice(in WindowRecord record) =>
            devices.Contains(record.Device) ? record with { Device = 0 } : record;

        var total = await AccountErasure.EachAsync(trace.Entities, entity => _rewriter.ChangeRecordsAsync(
            trace.KeyOf(entity),
            (in WindowRecord record) => !trace.Owns(record) ? record : withdrawn.Contains(entity) ? null : WithoutDevice(record)));
        total += await _rewriter.ChangeRecordsAsync(trace.OwnKey, WithoutDevice);
        if (total.Status != StoreStatus.Ok)
        {
            return total;
        }

        // Last, because it is what leads to the others.
        return total + await _rewriter.RewriteAsync(
            trace.ContextKey, WindowLimits.ContextRetention, log => WithoutEntities(log.Span, withdrawn));
    }

    private static (byte[] Replacement, int Changed) WithoutEntities(ReadOnlySpan<byte> log, HashSet<EntityRef> withdrawn)
    {
        var entries = new Stack<byte[]>();
        var changed = 0;
        Span<byte> entry = stackalloc byte[EntityContext.MaxLength];
        while (EntityContext.TryReadLast(ref log, out var entities, out var time, out var entitySet))
        {
            var length = 0;
            while (EntityContext.ReadEntity(ref entities, out var kind, out var pseudonym))
            {
                if (withdrawn.Contains(new EntityRef(kind, pseudonym)))
                {
                    changed++;
                }
                else
                {
                    length += EntityContext.WriteEntity(kind, pseudonym, entry[length..]);
                }
            }

            entries.Push(entry[..EntityContext.WriteTail(time, entitySet, length, entry)].ToArray());
        }

        return ([.. entries.SelectMany(static bytes => bytes)], changed);
    }
}
