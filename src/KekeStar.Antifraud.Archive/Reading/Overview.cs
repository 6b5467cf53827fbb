namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>What was decided in a range of time, from the minute roll-ups.</summary>
internal sealed record Overview
{
    /// <summary>Nothing.</summary>
    public static readonly Overview Empty = new();

    /// <summary>Length of the points' steps.</summary>
    public TimeSpan Step { get; init; }

    /// <summary>By step and verdict, earliest first.</summary>
    public IReadOnlyList<OverviewPoint> Points { get; init; } = [];

    /// <summary>Durations by step, earliest first; steps without a decision have none.</summary>
    public IReadOnlyList<LatencyPoint> Latencies { get; init; } = [];

    /// <summary>By scene and verdict.</summary>
    public IReadOnlyList<SceneCount> Scenes { get; init; } = [];

    /// <summary>By hundreds of the score, 0–99 first and 1000 last: 11 counts.</summary>
    public IReadOnlyList<long> Scores { get; init; } = new long[ScoreBuckets];

    /// <summary>For each of <see cref="Scores"/> the accounts that it is about, at least.</summary>
    public IReadOnlyList<int> ScorePeople { get; init; } = new int[ScoreBuckets];

    /// <summary>The most frequent labels, at most <see cref="ArchiveLimits.MaxRanked"/>.</summary>
    public IReadOnlyList<NameCount> Labels { get; init; } = [];

    /// <summary>The rules that fired most often, at most <see cref="ArchiveLimits.MaxRanked"/>.</summary>
    public IReadOnlyList<NameCount> Rules { get; init; } = [];

    /// <summary>Decisions.</summary>
    public long Total { get; init; }

    /// <summary>Decisions that rest on less than they should.</summary>
    public long Degraded { get; init; }

    /// <summary>Mean score; 0 without decisions.</summary>
    public double MeanScore { get; init; }

    /// <summary>Half of the decisions took no longer, to 19 %.</summary>
    public TimeSpan Median { get; init; }

    /// <summary>99 of 100 took no longer, to 19 %.</summary>
    public TimeSpan Percentile99 { get; init; }

    /// <summary>Number of <see cref="Scores"/>.</summary>
    internal static int ScoreBuckets => 11;
}

/// <summary>Decisions of one step of time with one verdict.</summary>
/// <param name="Time">The step's beginning, UTC.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Count">How many.</param>
/// <param name="Degraded">How many of them rest on less than they should.</param>
internal sealed record OverviewPoint(DateTimeOffset Time, string Verdict, long Count, long Degraded)
{
    /// <summary>Accounts that it is about, at least; of more than a few it says no more than that.</summary>
    public int People { get; init; }
}

/// <summary>How long the decisions of one step of time took.</summary>
/// <param name="Time">The step's beginning, UTC.</param>
/// <param name="Median">Half of them took no longer, to 19 %.</param>
/// <param name="Percentile99">99 of 100 took no longer, to 19 %.</param>
internal sealed record LatencyPoint(DateTimeOffset Time, TimeSpan Median, TimeSpan Percentile99);

/// <summary>Decisions of one scene with one verdict.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Count">How many.</param>
internal sealed record SceneCount(string Scene, string Verdict, long Count)
{
    /// <summary>Accounts that it is about, at least.</summary>
    public int People { get; init; }
}

/// <summary>How often something was there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How often.</param>
internal sealed record NameCount(string Name, long Count)
{
    /// <summary>Accounts that it is about, at least; 0 where nobody has counted them.</summary>
    public int People { get; init; }
}

/// <summary>How often a rule fired.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="IsShadow">True if it added nothing.</param>
/// <param name="Count">How often.</param>
/// <param name="Rejected">How often the verdict was REJECT then; 0 for a shadow rule.</param>
/// <param name="Last">The minute in which it fired last, UTC.</param>
internal sealed record RuleHit(string Rule, bool IsShadow, long Count, long Rejected, DateTimeOffset Last);
