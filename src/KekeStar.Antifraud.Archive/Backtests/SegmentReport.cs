using KekeStar.Antifraud.Archive.Judging;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>What the verdicts are like in a part of the decisions, then and under the policy that is tried.</summary>
/// <param name="Kind">What the part is one of.</param>
/// <param name="Name">Its name; of all, empty.</param>
/// <param name="Decisions">Decisions in it.</param>
/// <param name="Then">What was answered.</param>
/// <param name="Now">What the policy answers.</param>
internal sealed record SegmentReport(SegmentKind Kind, string Name, long Decisions, SegmentMeasures Then, SegmentMeasures Now);

/// <summary>What a segment is one of.</summary>
internal enum SegmentKind
{
    /// <summary>All decisions.</summary>
    All,

    /// <summary>A scene.</summary>
    Scene,

    /// <summary>A segment of the labels.</summary>
    Label,
}

/// <summary>Measures of a segment. Stopped is what is challenged or rejected.</summary>
/// <param name="Challenged">Share that is challenged.</param>
/// <param name="Rejected">Share that is rejected.</param>
/// <param name="Precision">Share of fraud in what is stopped, among decisions whose truth is known.</param>
/// <param name="Recall">Share of fraud that is stopped.</param>
/// <param name="FalseStops">Share of the honest that is stopped.</param>
internal sealed record SegmentMeasures(Share Challenged, Share Rejected, Share Precision, Share Recall, Share FalseStops);
