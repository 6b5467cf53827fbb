using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// Removes what an account's signals of some consent categories derived: its records in the logs of entities of those
/// categories, their mention in its context logs, and, where a device is known by such an identifier alone, the device's
/// mention in the account's other records. In the decision archive the account's rows lose their features, their entities and
/// what else the categories derived. What essential signals derived stays, and so does what was decided.
/// </summary>
internal sealed class ConsentWithdrawal
{
    private readonly IWindowStore _store;
    private readonly LogRewriter _rewriter;
    private readonly DecisionRecordQueue? _records;

    /// <summary>Removes in a store and, if there is one, in the archive behind a queue.</summary>
    public ConsentWithdrawal(IWindowStore store, LogRewriter rewriter, DecisionRecordQueue? records = null)
    {
        _store = store;
        _rewriter = rewriter;
        _records = records;
    }

    /// <summary>Removes what the categories derived.</summary>
    /// <param name="subjects">The account under every epoch.</param>
    /// <param name="categories">The categories.</param>
    public Task<RightsResult> RemoveAsync(IReadOnlyList<AccountSubject> subjects, IReadOnlyCollection<ConsentCategory> categories) =>
        RightsWork.ForEachEpochAsync(_store, subjects, trace => RemoveAsync(trace, categories));

    private async Task<RightsResult> RemoveAsync(AccountTrace trace, IReadOnlyCollection<ConsentCategory> categories)
    {
        var withdrawn = trace.Entities.Where(entity => categories.Contains(EntitySignals.ConsentOf(entity.Kind))).ToHashSet();
        var withdrawsDevice = categories.Contains(ConsentCategory.DeviceIdentifiers);
        var withdrawsCard = categories.Contains(ConsentCategory.Sim);

        var entitySets = EntitySetsWithout(trace.Context.Span, withdrawn);

        var evidence = categories.Aggregate(0u, static (bits, category) => bits | LabelCatalogue.BitsOf(category));

        WindowRecord WithoutDevice(EntityRef entity, in WindowRecord record) =>
            withdrawsDevice ? record with { Device = 0, Install = 0, Hardware = 0 }

            // The attempts in a device's own log carry evidence for labels.
            : entity.Kind == EntityKind.Device && record.Outcome == 0 ? record with { Device = DeviceContext.Without(record.Device, evidence) }
            : record;

        // Where others have the mark of the hardware, the account's own log has that of the SIM card.
        WindowRecord WithoutMarks(in WindowRecord record) => record with
        {
            Device = withdrawsDevice ? 0 : record.Device,
            Install = withdrawsDevice ? (byte)0 : record.Install,
            Hardware = withdrawsCard ? (byte)0 : record.Hardware,
        };

        // An event that has all of its entities again, because they were granted again, must not find its set known.
        WindowRecord? WithoutMarksAndEntities(in WindowRecord record) => WithoutMarks(
            entitySets.TryGetValue(AccountContext.EntitySet(record.Account), out var entitySet)
                ? record with { Account = AccountContext.WithEntitySet(record.Account, entitySet) }
                : record);

        var total = await RemoveDetailsAsync(trace, categories);
        if (total.Status != StoreStatus.Ok)
        {
            return total;
        }

        total += await RightsWork.ForEachAsync(trace.Entities, entity => _rewriter.ChangeRecordsAsync(
            trace.KeyOf(entity),
            (in WindowRecord record) => !trace.Owns(record) ? record : withdrawn.Contains(entity) ? null : WithoutDevice(entity, record)));
        total += await _rewriter.ChangeRecordsAsync(trace.OwnKey, WithoutMarksAndEntities);
        total += await RightsWork.ForEachAsync(trace.ReportedEvents, reported =>
            RewriteContextAsync(trace.ContextKeyOf(EntityKind.Event, reported), withdrawn));
        if (total.Status != StoreStatus.Ok)
        {
            return total;
        }

        // Last, because it is what leads to the others.
        return total + await RewriteContextAsync(trace.ContextKey, withdrawn);
    }

    /// <summary>The sets of entities that lose some, and what becomes of them.</summary>
    private static Dictionary<uint, uint> EntitySetsWithout(ReadOnlySpan<byte> log, HashSet<EntityRef> withdrawn)
    {
        var entitySets = new Dictionary<uint, uint>();
        Span<byte> entry = stackalloc byte[EntityContext.MaxLength];
        while (EntityContext.TryReadLast(ref log, out var entities, out _, out var entitySet))
        {
            if (entitySet != 0 && Copy(entities, withdrawn, entry, out var length) > 0)
            {
                entitySets[entitySet] = EntityContext.EntitySetOf(entry[..length]);
            }
        }

        return entitySets;
    }

    /// <summary>Copies an entry's entities without some.</summary>
    /// <returns>How many are left out.</returns>
    private static int Copy(ReadOnlySpan<byte> entities, HashSet<EntityRef> withdrawn, Span<byte> destination, out int length)
    {
        var left = 0;
        length = 0;
        while (EntityContext.ReadEntity(ref entities, out var kind, out var pseudonym))
        {
            if (withdrawn.Contains(new EntityRef(kind, pseudonym)))
            {
                left++;
            }
            else
            {
                length += EntityContext.WriteEntity(kind, pseudonym, destination[length..]);
            }
        }

        return left;
    }

    private static (byte[] Replacement, int Changed) WithoutEntities(ReadOnlySpan<byte> log, HashSet<EntityRef> withdrawn)
    {
        var entries = new Stack<byte[]>();
        var changed = 0;
        Span<byte> entry = stackalloc byte[EntityContext.MaxLength];
        while (EntityContext.TryReadLast(ref log, out var entities, out var time, out var entitySet))
        {
            var left = Copy(entities, withdrawn, entry, out var length);
            changed += left;

            // 0: written by a report, for no event of the account's own log.
            var remaining = left == 0 || entitySet == 0 ? entitySet : EntityContext.EntitySetOf(entry[..length]);
            entries.Push(entry[..EntityContext.WriteTail(time, remaining, length, entry)].ToArray());
        }

        return ([.. entries.SelectMany(static bytes => bytes)], changed);
    }

    private Task<RightsResult> RemoveDetailsAsync(AccountTrace trace, IReadOnlyCollection<ConsentCategory> categories)
    {
        bool Loses(EntityKind kind) => categories.Contains(EntitySignals.ConsentOf(kind));

        return _records is null
            ? Task.FromResult(default(RightsResult))
            : _records.AskAsync(new RecordErasure
            {
                Account = trace.Subject.Account.High,
                Decisions = [.. trace.ReportedEvents.Select(static reported => reported.High)],
                Withdrawn = new WithdrawnDetails(
                    Loses(EntityKind.Device), Loses(EntityKind.Bssid), Loses(EntityKind.Cohort), LabelCatalogue.NamesOf(categories)),
            });
    }

    private Task<RightsResult> RewriteContextAsync(byte[] key, HashSet<EntityRef> withdrawn) =>
        _rewriter.ChangeEntriesAsync(key, log => WithoutEntities(log.Span, withdrawn));
}
