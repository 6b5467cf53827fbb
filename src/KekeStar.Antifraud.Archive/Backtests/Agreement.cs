namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>How what was computed anew stands to what was recorded.</summary>
internal sealed record Agreement
{
    /// <summary>Decisions whose windows were counted anew.</summary>
    public required long Rebuilt { get; init; }

    /// <summary>Of these, those with every feature as recorded.</summary>
    public required long EqualFeatures { get; init; }

    /// <summary>Of these, those where some feature says otherwise than then that it is a lower bound.</summary>
    public required long OtherBounds { get; init; }

    /// <summary>Decisions that were decided anew under the policy that decided then.</summary>
    public required long Decided { get; init; }

    /// <summary>Of these, those with the same verdict.</summary>
    public required long EqualVerdicts { get; init; }

    /// <summary>Of these, those with the same score.</summary>
    public required long EqualScores { get; init; }

    /// <summary>Features that differ, and in how many decisions, most first.</summary>
    public required IReadOnlyList<FeatureDifference> Features { get; init; }

    /// <summary>Decisions that differ, the first ones.</summary>
    public required IReadOnlyList<DecisionDifference> Examples { get; init; }

    /// <summary>True if every verdict and score that could be compared is the same.</summary>
    public bool IsComplete => EqualVerdicts == Decided && EqualScores == Decided;
}

/// <summary>A feature that differs.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Decisions">In how many decisions.</param>
internal sealed record FeatureDifference(string Feature, long Decisions);

/// <summary>A decision that differs.</summary>
/// <param name="Decision">First 64 bits of the pseudonym of its event's id.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Scene">Its scene.</param>
/// <param name="ScoreThen">The recorded score.</param>
/// <param name="ScoreNow">The score from what was counted anew, under the same policy.</param>
/// <param name="Features">Features that differ, with recorded and new value; at most a few.</param>
internal sealed record DecisionDifference(long Decision, DateTimeOffset Time, string Scene, int ScoreThen, int ScoreNow, IReadOnlyList<string> Features);
