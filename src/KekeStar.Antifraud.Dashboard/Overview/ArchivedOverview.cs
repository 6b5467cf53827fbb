using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Overview;

/// <summary>The overview of a longer time, from the archive's roll-ups.</summary>
internal static class ArchivedOverview
{
    private const int ScoreClassWidth = 100;
    private const int ShownLabels = 10;
    private const double Minute = 60;

    /// <summary>Makes the figures of what the archive answered.</summary>
    /// <param name="overview">The answer.</param>
    /// <param name="from">The beginning of the range that was asked for.</param>
    /// <param name="to">Its end.</param>
    /// <param name="roles">Of whoever looks.</param>
    public static OverviewFigures Of(Archive.Reading.Overview overview, DateTimeOffset from, DateTimeOffset to, Roles roles)
    {
        var hidden = false;
        var points = overview.Points.ToLookup(static point => point.Time);
        var latencies = overview.Latencies.ToDictionary(static latency => latency.Time);
        var scenes = overview.Scenes.ToDictionary(static scene => (ContractWords.SceneOf(scene.Scene), ContractWords.VerdictOf(scene.Verdict)));
        var steps = new List<OverviewStep>();
        for (var time = Cut(from, overview.Step); time < to; time += overview.Step)
        {
            var latency = latencies.GetValueOrDefault(time);

            // Of the first and the last step the range holds a part; of a rate over less than a minute, which is what is counted by, no more is known.
            var (begins, ends) = (time < from ? from : time, time + overview.Step > to ? to : time + overview.Step);
            steps.Add(new OverviewStep(
                time,
                Math.Max((ends - begins).TotalSeconds, Minute),
                [.. OverviewFigures.Verdicts.Select(verdict => points[time].FirstOrDefault(point => ContractWords.VerdictOf(point.Verdict) == verdict) is { } point ? Shown(point.Count, point.People) : 0)],
                points[time].Sum(static point => point.Count),
                points[time].Sum(static point => point.Degraded),
                latency?.Median.TotalMilliseconds,
                latency?.Percentile99.TotalMilliseconds));
        }

        return new OverviewFigures
        {
            Span = to - from,
            Decisions = overview.Total,
            ByVerdict = OverviewFigures.Verdicts.ToDictionary(
                static verdict => verdict,
                verdict =>
                {
                    var own = overview.Scenes.Where(scene => ContractWords.VerdictOf(scene.Verdict) == verdict).ToList();
                    return own.Count == 0 ? 0 : Shown(own.Sum(static scene => scene.Count), own.Max(static scene => scene.People));
                }),
            Degraded = overview.Degraded,
            Median = overview.Total == 0 ? null : overview.Median.TotalMilliseconds,
            Percentile99 = overview.Total == 0 ? null : overview.Percentile99.TotalMilliseconds,
            Steps = steps,
            Scores = [.. overview.Scores.Select((count, index) => (index * ScoreClassWidth, Shown(count, overview.ScorePeople[index])))],
            ByScene = OverviewFigures.Scenes
                .SelectMany(static scene => OverviewFigures.Verdicts.Select(verdict => (scene, verdict)))
                .ToDictionary(static cell => cell, cell => scenes.TryGetValue(cell, out var count) ? Shown(count.Count, count.People) : 0),
            Labels = [.. overview.Labels.Take(ShownLabels).Select(label => (label.Name, Shown(label.Count, label.People)))],
            HasHidden = hidden,
        };

        long? Shown(long count, int people)
        {
            // Where nobody is known at all, the figure might be about anybody.
            var shown = SmallCells.Shown(count, count == 0 ? 0 : Math.Max(1, people), roles);
            hidden |= shown is null;
            return shown;
        }
    }

    // As DuckDB cuts time: into steps that begin with a midnight, UTC.
    private static DateTimeOffset Cut(DateTimeOffset time, TimeSpan step) => new(time.UtcTicks / step.Ticks * step.Ticks, TimeSpan.Zero);
}
