using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>What is left of a PutListEntryRequest or a RemoveListEntryRequest once its identifier is gone.</summary>
internal sealed record ListRequest
{
    /// <summary>Why it cannot be carried out, beginning with the name of the field; null: it can.</summary>
    public string? Error { get; init; }

    /// <summary>What the entity is.</summary>
    public EntityKind Kind { get; init; }

    /// <summary>The kind by its name in the contract.</summary>
    public string KindName { get; init; } = "";

    /// <summary>The list; Unspecified in a removal.</summary>
    public ListKind List { get; init; }

    /// <summary>When the entry ends, Unix milliseconds; 0 in a removal.</summary>
    public long ExpiresMilliseconds { get; init; }

    /// <summary>The entity under every epoch in use, the current one first.</summary>
    public IReadOnlyList<ListedEntity> Entities { get; init; } = [];
}

/// <summary>An entity under one key epoch.</summary>
/// <param name="Epoch">Number of the epoch.</param>
/// <param name="Pseudonym">The entity.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ListedEntity(byte Epoch, Pseudonym Pseudonym);
