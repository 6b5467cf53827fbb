namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>A policy that was published. Never changes; the one with the highest number is in force.</summary>
internal sealed record PolicyVersion
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>SHA-256 of the policy's bytes, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who wrote it.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>The second person who approved it; for a version that restores another, empty: that one was approved.</summary>
    public required string Approver { get; init; }

    /// <summary>Who put it in force.</summary>
    public required string Publisher { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>What for.</summary>
    public required string Comment { get; init; }

    /// <summary>Number of the version whose content this one brings back; 0: the one that ships with the service; null: none.</summary>
    public int? Restores { get; init; }

    /// <summary>The policy.</summary>
    public required string Text { get; init; }
}
