namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>One rule as a form shows it: whatever stands in the document, right or wrong, as text.</summary>
internal sealed record RuleDraft
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its risk.</summary>
    public required string Risk { get; init; }

    /// <summary>Its scenes; empty: all.</summary>
    public required IReadOnlyList<string> Scenes { get; init; }

    /// <summary>Its condition.</summary>
    public required string When { get; init; }

    /// <summary>What it adds.</summary>
    public required string Weight { get; init; }

    /// <summary>Its label.</summary>
    public required string Label { get; init; }

    /// <summary>Why, in English.</summary>
    public required string ReasonEnglish { get; init; }

    /// <summary>Why, in Simplified Chinese.</summary>
    public required string ReasonChinese { get; init; }

    /// <summary>Whether it counts.</summary>
    public required RuleState State { get; init; }
}
