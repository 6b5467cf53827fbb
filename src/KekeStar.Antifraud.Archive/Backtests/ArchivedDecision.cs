using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>A recorded decision with all that its event can be made of again.</summary>
internal sealed record ArchivedDecision
{
    /// <summary>When it was decided, Unix milliseconds.</summary>
    public required long TimeMilliseconds { get; init; }

    /// <summary>Time of the event, Unix milliseconds.</summary>
    public required long EventTimeMilliseconds { get; init; }

    /// <summary>Place among the records of one millisecond.</summary>
    public required long Sequence { get; init; }

    /// <summary>First 64 bits of the pseudonym of the event's id.</summary>
    public required long Decision { get; init; }

    /// <summary>The scene, such as <c>login</c>.</summary>
    public required string Scene { get; init; }

    /// <summary>The verdict, such as <c>reject</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The score, 0 … 1000.</summary>
    public required int Score { get; init; }

    /// <summary>Version of the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>The first 16 hexadecimal digits of its hash.</summary>
    public required string PolicyHash { get; init; }

    /// <summary>How asking the store ended.</summary>
    public required string Store { get; init; }

    /// <summary>The list that an entity stood on; null: none.</summary>
    public required string? List { get; init; }

    /// <summary>The key epoch.</summary>
    public required byte KeyEpoch { get; init; }

    /// <summary>True if the event arrived late.</summary>
    public required bool IsLate { get; init; }

    /// <summary>True if a token named its device.</summary>
    public required bool IsDeviceNamed { get; init; }

    /// <summary>The country of its address; null: unknown.</summary>
    public required string? Country { get; init; }

    /// <summary>True if the person was there.</summary>
    public required bool IsPlace { get; init; }

    /// <summary>The rules that fired.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The shadow rules that fired.</summary>
    public required IReadOnlyList<string> ShadowRules { get; init; }

    /// <summary>Pseudonyms by slot of this build: from the blob, or from the columns where that was erased. 0: absent.</summary>
    public required ulong[] Entities { get; init; }

    /// <summary>The features, see <see cref="FeatureBlob"/>; empty once they were erased.</summary>
    public required ReadOnlyMemory<byte> Features { get; init; }

    /// <summary>Reads <see cref="Features"/>.</summary>
    public required RecordedFeatures Reader { get; init; }
}
