using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>
/// What is kept of one reported outcome: what was written to which windows, so that they can be rebuilt. Pseudonyms are the only thing in it
/// that points to anybody.
/// </summary>
internal sealed class OutcomeRecord
{
    /// <summary>Bytes of one entity: its kind and the first 64 bits of its pseudonym, big endian.</summary>
    public const int EntityBytes = 1 + sizeof(ulong);

    /// <summary>When it was written, by the service's clock, Unix milliseconds.</summary>
    public long TimeMilliseconds { get; set; }

    /// <summary>Place among all records of this process, decisions and outcomes: of one millisecond the lower came first.</summary>
    public long Sequence { get; set; }

    /// <summary>When the outcome was, Unix milliseconds.</summary>
    public required long OutcomeTimeMilliseconds { get; init; }

    /// <summary>First 64 bits of the pseudonym of the event's id: the decision that it is an outcome of.</summary>
    public required ulong Decision { get; init; }

    /// <summary>What happened.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>True if the report came more than the clock skew after the outcome.</summary>
    public required bool IsLate { get; init; }

    /// <summary>The key epoch of the pseudonyms.</summary>
    public required byte KeyEpoch { get; init; }

    /// <summary>First 64 bits of the account's pseudonym; 0: none was named.</summary>
    public required ulong Account { get; init; }

    /// <summary>The same under the other epoch, while keys are rotated; 0: none.</summary>
    public required ulong OtherAccount { get; init; }

    /// <summary>First 64 bits of the device's pseudonym; 0: none.</summary>
    public required ulong Device { get; init; }

    /// <summary>
    /// What stands in the account's own log in the place of the account (<see cref="Windows.AccountContext"/>); 0: the event was found
    /// without it.
    /// </summary>
    public required ulong Context { get; init; }

    /// <summary>The other entities whose windows it was written to, <see cref="EntityBytes"/> each.</summary>
    public required byte[] Entities { get; init; }

    /// <summary>Takes the next entity off the list.</summary>
    /// <param name="entities">What is left of it.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="pseudonym">The first 64 bits of its pseudonym.</param>
    public static bool ReadEntity(ref ReadOnlySpan<byte> entities, out EntityKind kind, out ulong pseudonym)
    {
        kind = default;
        pseudonym = 0;
        if (entities.Length < EntityBytes)
        {
            return false;
        }

        kind = (EntityKind)entities[0];
        pseudonym = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(entities[1..]);
        entities = entities[EntityBytes..];
        return true;
    }
}
