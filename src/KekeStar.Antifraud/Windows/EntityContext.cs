using System.Buffers.Binary;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// The bytes of one entry of a context log: which entities an event had. For each entity its kind (1 byte) and pseudonym
/// (16); then time (8, Unix milliseconds), entity set (4) and number of entities (1), little endian. Entries are read
/// from the end of the log.
/// </summary>
internal static class EntityContext
{
    /// <summary>Longest entry in bytes: every entity but the account, and the event itself.</summary>
    public const int MaxLength = (EntityLength * EntitySlot.Count) + TailLength;

    /// <summary>Bytes of one entity.</summary>
    public const int EntityLength = 1 + Pseudonym.Length;

    /// <summary>Bytes behind the entities.</summary>
    public const int TailLength = sizeof(long) + sizeof(uint) + 1;

    /// <summary>Writes the entry of an event to at least <see cref="MaxLength"/> bytes.</summary>
    /// <returns>Length of the entry.</returns>
    public static int Write(in EventView view, Span<byte> destination)
    {
        var length = 0;
        for (var slot = EntitySlot.Account + 1; slot < EntitySlot.Count; slot++)
        {
            var entity = view.Entity(slot);
            if (!entity.IsNone)
            {
                length += WriteEntity(EntitySlot.Kind(slot), entity, destination[length..]);
            }
        }

        return WriteTail(view.Event.TimeMilliseconds, view.EntitySet, length, destination);
    }

    /// <summary>Writes one entity.</summary>
    /// <returns><see cref="EntityLength"/>.</returns>
    public static int WriteEntity(EntityKind kind, Pseudonym entity, Span<byte> destination)
    {
        destination[0] = (byte)kind;
        entity.Write(destination[1..]);
        return EntityLength;
    }

    /// <summary>Ends an entry behind its entities.</summary>
    /// <returns>Length of the entry.</returns>
    public static int WriteTail(long timeMilliseconds, uint entitySet, int entitiesLength, Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination[entitiesLength..], timeMilliseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[(entitiesLength + sizeof(long))..], entitySet);
        destination[entitiesLength + TailLength - 1] = (byte)(entitiesLength / EntityLength);
        return entitiesLength + TailLength;
    }

    /// <summary>32 bits that stand for a set of entities, as the records of the account's own log carry them.</summary>
    /// <param name="entities">The entities of an entry.</param>
    public static uint EntitySetOf(ReadOnlySpan<byte> entities)
    {
        var sum = 0UL;
        while (ReadEntity(ref entities, out _, out var pseudonym))
        {
            sum += pseudonym.High;
        }

        return (uint)(sum >> 32);
    }

    /// <summary>Takes the next entity off an entry's entities.</summary>
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

    /// <summary>Takes the last entry off a log; false if it is empty or does not begin with a whole entry.</summary>
    public static bool TryReadLast(scoped ref ReadOnlySpan<byte> log, out ReadOnlySpan<byte> entities, out long time, out uint entitySet)
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
}
