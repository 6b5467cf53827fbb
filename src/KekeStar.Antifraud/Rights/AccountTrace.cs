using System.Runtime.InteropServices;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// Where an account left records under one key epoch: the entities that its events had, found through its context log,
/// and its events, found through its own log.
/// </summary>
internal sealed class AccountTrace
{
    private AccountTrace(AccountSubject subject) => Subject = subject;

    /// <summary>The account.</summary>
    public AccountSubject Subject { get; }

    /// <summary>The entities with a window log, without the account itself.</summary>
    public HashSet<EntityRef> Entities { get; } = [];

    /// <summary>Events that had no account when they were scored, and that the account was reported for later.</summary>
    public HashSet<Pseudonym> ReportedEvents { get; } = [];

    /// <summary>First 64 bits of the pseudonyms of the account's events.</summary>
    public HashSet<ulong> Events { get; } = [];

    /// <summary>The account's own window log.</summary>
    public ReadOnlyMemory<byte> OwnLog { get; private set; }

    /// <summary>The account's context log.</summary>
    public ReadOnlyMemory<byte> Context { get; private set; }

    /// <summary>Key of the account's own window log.</summary>
    public byte[] OwnKey => KeyOf(new EntityRef(EntityKind.Account, Subject.Account));

    /// <summary>Key of the account's context log.</summary>
    public byte[] ContextKey => ContextKeyOf(EntityKind.Account, Subject.Account);

    /// <summary>Reads an account's trace.</summary>
    /// <returns>The trace, or null and why the store did not give it.</returns>
    public static async Task<(AccountTrace? Trace, StoreStatus Status)> ReadAsync(IWindowStore store, AccountSubject subject)
    {
        var trace = new AccountTrace(subject);
        var context = await store.ReadPatientlyAsync(trace.ContextKey);
        if (context.Status != StoreStatus.Ok)
        {
            return (null, context.Status);
        }

        var own = await store.ReadPatientlyAsync(trace.OwnKey);
        if (own.Status != StoreStatus.Ok)
        {
            return (null, own.Status);
        }

        trace.OwnLog = own.Value;
        trace.Context = context.Value;
        trace.AddContext(context.Value.Span);
        for (var log = own.Value.Span; log.Length >= WindowRecord.Length; log = log[WindowRecord.Length..])
        {
            var record = WindowRecord.Read(log);
            if (!record.IsCut)
            {
                trace.Events.Add(record.EventHash);
            }
        }

        return (trace, StoreStatus.Ok);
    }

    /// <summary>Key of an entity's window log.</summary>
    public byte[] KeyOf(EntityRef entity)
    {
        var key = new byte[WindowKey.Length];
        WindowKey.Write(key, Subject.Epoch.Number, entity.Kind, entity.Pseudonym);
        return key;
    }

    /// <summary>Key of a context log.</summary>
    public byte[] ContextKeyOf(EntityKind kind, Pseudonym subject)
    {
        var key = new byte[WindowKey.Length];
        EntityContexts.WriteKey(key, Subject.Epoch.Number, kind, subject);
        return key;
    }

    /// <summary>True for a record that is the account's, or of one of its events before it had the account.</summary>
    public bool Owns(in WindowRecord record) =>
        record.Account == Subject.Account.High || (record.Account == 0 && Events.Contains(record.EventHash));

    private void AddContext(ReadOnlySpan<byte> log)
    {
        while (EntityContext.TryReadLast(ref log, out var entities, out _, out _))
        {
            while (EntityContext.ReadEntity(ref entities, out var kind, out var pseudonym))
            {
                if (kind == EntityKind.Event)
                {
                    ReportedEvents.Add(pseudonym);
                    Events.Add(pseudonym.High);
                }
                else
                {
                    Entities.Add(new EntityRef(kind, pseudonym));
                }
            }
        }
    }
}

/// <summary>An entity by kind and pseudonym.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Pseudonym">Its pseudonym.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntityRef(EntityKind Kind, Pseudonym Pseudonym);
