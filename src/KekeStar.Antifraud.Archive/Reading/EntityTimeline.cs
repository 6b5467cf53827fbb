namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>What was decided about one entity, over time.</summary>
/// <param name="Points">By hour and verdict, earliest first; hours without a decision have none.</param>
internal sealed record EntityTimeline(IReadOnlyList<TimelinePoint> Points)
{
    /// <summary>The first decision of the points; null: there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The last.</summary>
    public DateTimeOffset? Last { get; init; }
}

/// <summary>Decisions of one hour with one verdict.</summary>
/// <param name="Hour">The hour's beginning, UTC.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Count">How many.</param>
/// <param name="MaxScore">The highest score.</param>
internal sealed record TimelinePoint(DateTimeOffset Hour, string Verdict, long Count, int MaxScore);
