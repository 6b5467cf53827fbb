using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Live;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Overview;

/// <summary>
/// The overview of the last minutes, from memory. Of whom a figure is nobody counts here, but it cannot be about more accounts than
/// decisions; the tiles tell of the last minute, the charts of all that is kept.
/// </summary>
internal static class OverviewView
{
    /// <summary>What the tiles tell of: the last minute.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    /// <summary>What the charts tell of: all that is kept.</summary>
    public static readonly TimeSpan All = LiveDecisions.Kept * LiveDecisions.Interval;

    /// <summary>Takes the figures at one moment.</summary>
    /// <param name="live">What was decided lately.</param>
    /// <param name="roles">Of whoever looks.</param>
    public static OverviewFigures Take(LiveDecisions live, Roles roles)
    {
        var (recent, kept) = (live.Sum(Recent), live.Sum(All));
        var hidden = false;
        return new OverviewFigures
        {
            Span = Recent,
            Decisions = recent.Decisions,
            ByVerdict = OverviewFigures.Verdicts.ToDictionary(static verdict => verdict, verdict => Shown(recent.Of(verdict))),
            Degraded = recent.Degraded,
            Median = LatencyScale.Percentile(recent.Latencies, 0.5),
            Percentile99 = LatencyScale.Percentile(recent.Latencies, 0.99),
            Steps =
            [
                .. live.Intervals.Select(interval => new OverviewStep(
                    interval.EndsAt,
                    interval.Length,
                    [.. OverviewFigures.Verdicts.Select(verdict => Shown(interval.Counts.Of(verdict)))],
                    interval.Counts.Decisions,
                    interval.Counts.Degraded,
                    LatencyScale.Percentile(interval.Counts.Latencies, 0.5),
                    LatencyScale.Percentile(interval.Counts.Latencies, 0.99))),
            ],
            Scores = [.. kept.Scores.ToArray().Select((count, index) => (index * DecisionCounts.ScoreClassWidth, Shown(count)))],
            ByScene = OverviewFigures.Scenes
                .SelectMany(static scene => OverviewFigures.Verdicts.Select(verdict => (scene, verdict)))
                .ToDictionary(static cell => cell, cell => Shown(kept.Of(cell.scene, cell.verdict))),
            HasHidden = hidden,
        };

        long? Shown(long count)
        {
            var shown = SmallCells.Shown(count, count, roles);
            hidden |= shown is null;
            return shown;
        }
    }
}
