using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Live;
using KekeStar.Antifraud.Dashboard.Shell;

namespace KekeStar.Antifraud.Dashboard.Overview;

/// <summary>The overview's charts as ECharts' options.</summary>
/// <param name="view">The figures.</param>
/// <param name="texts">The words.</param>
/// <param name="clock">Writes times.</param>
internal sealed class OverviewCharts(OverviewView view, Texts texts, LocalClock clock)
{
    private static readonly object[] NoPoints = [];

    /// <summary>Decisions for each second by verdict, over time.</summary>
    public object Verdicts() => new
    {
        legend = new { },
        tooltip = new { trigger = "axis" },
        xAxis = Times(),
        yAxis = new { type = "value" },
        series = OverviewView.Verdicts.Select(verdict => new
        {
            name = texts[$"Verdict.{verdict}"],
            type = "line",
            stack = "verdicts",
            step = "end",
            symbol = "none",
            color = Palette.Variable(Palette.Of(verdict)),
            lineStyle = new { width = 1 },
            areaStyle = new { opacity = 0.55 },
            data = view.Intervals.Select(interval => Math.Round(interval.Counts.Of(verdict) / interval.Length, 2)),
        }),
    };

    /// <summary>Time to a decision, over time.</summary>
    public object Latency() => new
    {
        legend = new { },
        tooltip = new { trigger = "axis" },
        xAxis = Times(),
        yAxis = new { type = "value" },
        series = new[] { Percentile("p50", 0.5, Palette.Pass), Percentile("p99", 0.99, Palette.Challenge) },
    };

    /// <summary>How often which score.</summary>
    public object Scores()
    {
        var scores = view.Kept.Scores.ToArray();
        return new
        {
            tooltip = new { trigger = "axis" },
            xAxis = new { type = "category", name = "", data = scores.Select(static (_, index) => index * DecisionCounts.ScoreClassWidth) },
            yAxis = new { type = "value", minInterval = 1 },
            series = new[]
            {
                new { name = texts["Overview.Decisions"], type = "bar", barCategoryGap = "12%", color = Palette.Variable(Palette.Accent), data = scores },
            },
        };
    }

    /// <summary>Decisions of each scene by verdict.</summary>
    public object Scenes() => new
    {
        legend = new { },
        tooltip = new { trigger = "axis", axisPointer = new { type = "shadow" } },
        xAxis = new { type = "value", minInterval = 1 },
        yAxis = new
        {
            type = "category",
            inverse = true,
            data = OverviewView.Scenes.Select(scene => texts[$"Scene.{scene}"]),
        },
        series = OverviewView.Verdicts.Select(verdict => new
        {
            name = texts[$"Verdict.{verdict}"],
            type = "bar",
            stack = "verdicts",
            barMaxWidth = 16,
            color = Palette.Variable(Palette.Of(verdict)),
            data = OverviewView.Scenes.Select(scene => view.Kept.Of(scene, verdict)),
        }),
    };

    private object Times() => new
    {
        type = "category",
        boundaryGap = false,
        data = view.Intervals.Select(interval => clock.TimeOfDay(interval.EndsAt)),
    };

    private object Percentile(string name, double share, Tone tone) => new
    {
        name,
        type = "line",
        symbol = "none",
        connectNulls = true,
        color = Palette.Variable(tone),
        lineStyle = new { width = 2 },
        data = view.Intervals.Count == 0
            ? NoPoints
            : view.Intervals.Select(interval => LatencyScale.Percentile(interval.Counts.Latencies, share) is { } value ? (object)Math.Round(value, 3) : "-").ToArray(),
    };
}
