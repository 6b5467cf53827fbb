namespace KekeStar.Antifraud.Archive.Feedback;

/// <summary>A mark on a decision, with what of the decision a rule's precision needs.</summary>
internal sealed record FeedbackEntry
{
    /// <summary>First 64 bits of the pseudonym of the event's id.</summary>
    public required long Decision { get; init; }

    /// <summary>The mark.</summary>
    public required FeedbackMark Mark { get; init; }

    /// <summary>Who set it, as the audit log names people.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was decided; the mark goes when the decision does.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The scene, such as <c>login</c>.</summary>
    public required string Scene { get; init; }

    /// <summary>The verdict, such as <c>reject</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The score.</summary>
    public required int Score { get; init; }

    /// <summary>The rules that fired.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The shadow rules that fired.</summary>
    public required IReadOnlyList<string> ShadowRules { get; init; }

    /// <summary>First 64 bits of the account's pseudonym, for its erasure; null: none.</summary>
    public long? Account { get; init; }

    /// <summary>The same under the other key epoch; null: none.</summary>
    public long? OtherAccount { get; init; }
}
