using System.Buffers.Binary;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Remembers which entities an account's events had, so that an outcome reported later finds their logs. One entry
/// for each set of entities and day, in a log of the account's own; an event without an account has one by its
/// event id. Entries that no report can reach any more are cut away, and so is what exceeds <see cref="MaxLength"/>.
/// </summary>
/// <remarks>
/// Entries are read from the end of the log. Entry: for each entity its kind (1 byte) and pseudonym (16); then its time
/// (8, Unix milliseconds), entity set (4) and number of entities (1), all little endian.
/// </remarks>
internal sealed partial class EntityContexts
{
    /// <summary>First byte of a context log's key.</summary>
    public const byte KeyPrefix = (byte)'c';

    /// <summary>
    /// Most bytes of one account's contexts: 32 KiB, the last hundred or two sets of entities. More is an account that
    /// changes its devices all day; outcomes of its older events then reach the account alone.
    /// </summary>
    public const int MaxLength = 32 * 1024;

    private const int EntityLength = 1 + Pseudonym.Length;
    private const int TailLength = sizeof(long) + sizeof(uint) + 1;

    // One entry in eight looks after its log, so that a busy day costs little and a log is over its bounds for a few
    // entries at most.
    private const uint TrimMask = 7;

    private static readonly long ReachMilliseconds = (long)(WindowLimits.Retention + IntakeLimits.MaxEventAge).TotalMilliseconds;

    private readonly IWindowStore _store;
    private readonly Pseudonymiser _pseudonymiser;
    private readonly ILogger<EntityContexts> _logger;

    /// <summary>Keeps the contexts in a store.</summary>
    public EntityContexts(IWindowStore store, Pseudonymiser pseudonymiser, ILogger<EntityContexts> logger)
    {
        _store = store;
        _pseudonymiser = pseudonymiser;
        _logger = logger;
    }

    /// <summary>How long the store may take for an entry; nobody waits for it.</summary>
    private static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Writes the key of a context log to at least <see cref="WindowKey.Length"/> bytes.</summary>
    public void WriteKey(Span<byte> destination, EntityKind kind, Pseudonym subject)
    {
        WindowKey.Write(destination, _pseudonymiser.Epoch, kind, subject);
        destination[0] = KeyPrefix;
    }

    /// <summary>Remembers an event's entities; does not wait for the store.</summary>
    public void Remember(ScoreEvent scoreEvent, uint entitySet)
    {
        // Once for each set of entities and day, so two arrays are cheaper than keeping buffers for it.
        var entry = new byte[(EntityLength * EntitySlot.Count) + TailLength];
        byte count = 0;
        var length = 0;
        for (var slot = EntitySlot.Account + 1; slot < EntitySlot.Count; slot++)
        {
            var entity = scoreEvent.Entity(slot);
            if (!entity.IsNone)
            {
                entry[length] = (byte)EntitySlot.Kind(slot);
                entity.Write(entry.AsSpan(length + 1));
                length += EntityLength;
                count++;
            }
        }

        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(length), scoreEvent.TimeMilliseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(length + sizeof(long)), entitySet);
        entry[length + sizeof(long) + sizeof(uint)] = count;

        var account = scoreEvent.Entity(EntitySlot.Account);
        var key = new byte[WindowKey.Length];
        if (account.IsNone)
        {
            WriteKey(key, EntityKind.Event, scoreEvent.Event);
        }
        else
        {
            WriteKey(key, EntityKind.Account, account);
        }

        var isToTrim = !account.IsNone && (scoreEvent.Event.Low & TrimMask) == 0;
        _ = AppendAsync(key, entry.AsMemory(0, length + TailLength), isToTrim ? scoreEvent.TimeMilliseconds : null);
    }

    /// <summary>Finds an entity set in a context log; the last entry wins.</summary>
    /// <param name="log">The end of the context log.</param>
    /// <param name="entitySet">The set; null: whichever is last.</param>
    /// <param name="entities">Its entities, <see cref="ReadEntity"/> takes them apart; empty: not found.</param>
    public static bool TryFind(ReadOnlySpan<byte> log, uint? entitySet, out ReadOnlySpan<byte> entities)
    {
        while (TryReadLast(ref log, out entities, out _, out var set))
        {
            if (entitySet is null || set == entitySet)
            {
                return !entities.IsEmpty;
            }
        }

        entities = default;
        return false;
    }

    /// <summary>Takes the next entity off what <see cref="TryFind"/> found.</summary>
    public static bool ReadEntity(ref ReadOnlySpan<byte> entities, out EntityKind kind, out Pseudonym pseudonym)
    {
        kind = default;
        pseudonym = default;
        if (entities.Length < EntityLength)
        {
            return false;
        }

        kind = (EntityKind)entities[0];
        pseudonym = Pseudonym.Read(entities[1..]);
        entities = entities[EntityLength..];
        return true;
    }

    /// <summary>The end of a log that is worth keeping: whole entries within reach, no more than <see cref="MaxLength"/>.</summary>
    /// <param name="log">The whole log.</param>
    /// <param name="now">Time of the latest event, Unix milliseconds.</param>
    internal static ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> log, long now)
    {
        var rest = log;
        while (log.Length - rest.Length <= MaxLength)
        {
            var before = rest;
            if (!TryReadLast(ref rest, out _, out var time, out _) || now - time > ReachMilliseconds || log.Length - rest.Length > MaxLength)
            {
                return log[before.Length..];
            }
        }

        return log;
    }

    /// <summary>Takes the last entry off a log; false if it is empty or does not begin with a whole entry.</summary>
    private static bool TryReadLast(scoped ref ReadOnlySpan<byte> log, out ReadOnlySpan<byte> entities, out long time, out uint entitySet)
    {
        entities = default;
        time = 0;
        entitySet = 0;
        if (log.Length < TailLength)
        {
            return false;
        }

        var tail = log[^TailLength..];
        var length = tail[^1] * EntityLength;
        if (log.Length < length + TailLength)
        {
            return false;
        }

        time = BinaryPrimitives.ReadInt64LittleEndian(tail);
        entitySet = BinaryPrimitives.ReadUInt32LittleEndian(tail[sizeof(long)..]);
        entities = log.Slice(log.Length - TailLength - length, length);
        log = log[..^(TailLength + length)];
        return true;
    }

    private async Task AppendAsync(byte[] key, ReadOnlyMemory<byte> entry, long? trimAt)
    {
        var status = await _store.AppendAsync(key, entry, WindowLimits.Retention, Timeout);
        if (status != StoreStatus.Ok)
        {
            LogNotRemembered(status);
        }
        else if (trimAt is { } now)
        {
            await TrimAsync(key, now);
        }
    }

    private async Task TrimAsync(byte[] key, long now)
    {
        var log = await _store.ReadAsync(key, 0, Timeout);
        if (log.Status != StoreStatus.Ok)
        {
            return;
        }

        var kept = Keep(log.Value.Span, now).Length;
        if (kept < log.Value.Length)
        {
            // Where an entry came in between, the next one that looks after the log does it.
            await _store.ReplaceAsync(key, log.Value, log.Value[^kept..], WindowLimits.Retention, Timeout);
        }
    }

    [LoggerMessage(2301, LogLevel.Warning, "The entities of an event could not be remembered ({Status}): an outcome reported for it will reach its account's window alone.")]
    private partial void LogNotRemembered(StoreStatus status);
}
