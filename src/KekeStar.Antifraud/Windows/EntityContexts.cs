using System.Buffers.Binary;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Remembers which entities an account's events had, so that an outcome reported later finds their logs. One entry
/// for each set of entities and day, in a log of the account's own; an event without an account has one by its
/// event id. Expires with the windows.
/// </summary>
/// <remarks>Entry: entity set (4 bytes, little endian), number of entities (1), and for each its kind (1) and pseudonym (16).</remarks>
internal sealed partial class EntityContexts
{
    /// <summary>First byte of a context log's key.</summary>
    public const byte KeyPrefix = (byte)'c';

    private const int HeadLength = sizeof(uint) + 1;
    private const int EntityLength = 1 + Pseudonym.Length;

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
        var entry = new byte[HeadLength + (EntityLength * EntitySlot.Count)];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, entitySet);
        var length = HeadLength;
        for (var slot = EntitySlot.Account + 1; slot < EntitySlot.Count; slot++)
        {
            var entity = scoreEvent.Entity(slot);
            if (!entity.IsNone)
            {
                entry[length] = (byte)EntitySlot.Kind(slot);
                entity.Write(entry.AsSpan(length + 1));
                length += EntityLength;
                entry[sizeof(uint)]++;
            }
        }

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

        _ = AppendAsync(key, entry.AsMemory(0, length));
    }

    /// <summary>Finds an entity set in a context log; the last entry wins.</summary>
    /// <param name="log">The context log.</param>
    /// <param name="entitySet">The set; null: whichever was last.</param>
    /// <param name="entities">Its entities, <see cref="ReadEntity"/> takes them apart; empty: not found.</param>
    public static bool TryFind(ReadOnlySpan<byte> log, uint? entitySet, out ReadOnlySpan<byte> entities)
    {
        entities = default;
        while (log.Length >= HeadLength)
        {
            var length = HeadLength + (log[sizeof(uint)] * EntityLength);
            if (log.Length < length)
            {
                break;
            }

            if (entitySet is null || BinaryPrimitives.ReadUInt32LittleEndian(log) == entitySet)
            {
                entities = log[HeadLength..length];
            }

            log = log[length..];
        }

        return !entities.IsEmpty;
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

    private async Task AppendAsync(byte[] key, ReadOnlyMemory<byte> entry)
    {
        var status = await _store.AppendAsync(key, entry, WindowLimits.Retention, Timeout);
        if (status != StoreStatus.Ok)
        {
            LogNotRemembered(status);
        }
    }

    [LoggerMessage(2301, LogLevel.Warning, "The entities of an event could not be remembered ({Status}): an outcome reported for it will reach its account's window alone.")]
    private partial void LogNotRemembered(StoreStatus status);
}
