using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;

namespace KekeStar.Antifraud.Dashboard.Overview;

/// <summary>The overview's charts as ECharts' options.</summary>
/// <param name="figures">The figures.</param>
/// <param name="range">The time that they tell of.</param>
/// <param name="texts">The words.</param>
/// <param name="clock">Writes times.</param>
internal sealed class OverviewCharts(OverviewFigures figures, OverviewRange range, Texts texts, LocalClock clock)
{
    // What ECharts takes for "nothing here".
    private const string Gap = "-";

    // Half of the longest number at the end of an axis.
    private static readonly object Grid = new { right = 24 };

    // Of "2026-11-27 08:30" what a curve of days, and of hours, needs.
    private const int YearLength = 5;
    private const int DateLength = 11;

    /// <summary>Decisions for each second by verdict, over time.</summary>
    public object Verdicts() => new
    {
        legend = new { },
        grid = Grid,
        tooltip = new { trigger = "axis" },
        xAxis = Times(),
        yAxis = new { type = "value" },
        series = OverviewFigures.Verdicts.Select((verdict, index) => new
        {
            name = texts[$"Verdict.{verdict}"],
            type = "line",
            stack = "verdicts",
            step = "end",
            symbol = "none",
            color = Palette.Variable(Palette.Of(verdict)),
            lineStyle = new { width = 1 },
            areaStyle = new { opacity = 0.55 },
            data = figures.Steps.Select(step => step.ByVerdict[index] is { } count ? (object)Math.Round(count / step.Seconds, 2) : Gap),
        }),
    };

    /// <summary>Time to a decision, over time.</summary>
    public object Latency() => new
    {
        legend = new { },
        grid = Grid,
        tooltip = new { trigger = "axis" },
        xAxis = Times(),
        yAxis = new { type = "value" },
        series = new[] { Curve("p50", static step => step.Median, Palette.Pass), Curve("p99", static step => step.Percentile99, Palette.Challenge) },
    };

    /// <summary>Share of degraded decisions in percent, over time.</summary>
    public object Degraded() => new
    {
        grid = Grid,
        tooltip = new { trigger = "axis" },
        xAxis = Times(),
        yAxis = new { type = "value", min = 0, axisLabel = new { formatter = "{value} %" } },
        series = new[] { Curve(texts["Overview.Degraded"], static step => step.Decisions == 0 ? null : 100.0 * step.Degraded / step.Decisions, Palette.Reject) },
    };

    /// <summary>How often which score.</summary>
    public object Scores() => new
    {
        grid = Grid,
        tooltip = new { trigger = "axis" },
        xAxis = new { type = "category", name = "", data = figures.Scores.Select(static score => score.From) },

        // Nearly all decisions have the lowest scores; the others, which matter, would be lines of no height. Below 1, so that a single one is seen.
        yAxis = new { type = "log", min = 0.5, axisLabel = new { showMinLabel = false } },
        series = new[]
        {
            new
            {
                name = texts["Overview.Decisions"],
                type = "bar",
                barCategoryGap = "12%",
                color = Palette.Variable(Palette.Accent),
                data = figures.Scores.Select(static score => score.Decisions is { } count and > 0 ? (object)count : Gap),
            },
        },
    };

    /// <summary>Decisions of each scene by verdict.</summary>
    public object Scenes() => new
    {
        legend = new { },
        grid = Grid,
        tooltip = new { trigger = "axis", axisPointer = new { type = "shadow" } },
        xAxis = new { type = "value", minInterval = 1 },
        yAxis = new
        {
            type = "category",
            inverse = true,
            data = OverviewFigures.Scenes.Select(scene => texts[$"Scene.{scene}"]),
        },
        series = OverviewFigures.Verdicts.Select(verdict => new
        {
            name = texts[$"Verdict.{verdict}"],
            type = "bar",
            stack = "verdicts",
            barMaxWidth = 16,
            color = Palette.Variable(Palette.Of(verdict)),
            data = OverviewFigures.Scenes.Select(scene => figures.ByScene[(scene, verdict)] is { } count ? (object)count : Gap),
        }),
    };

    private object Times() => new
    {
        type = "category",
        boundaryGap = false,
        axisLabel = new { alignMinLabel = "left", alignMaxLabel = "right", hideOverlap = true },
        data = figures.Steps.Select(step => range.IsLive
            ? clock.TimeOfDay(step.Time)
            : clock.Minute(step.Time)[(range.Length > TimeSpan.FromDays(1) ? YearLength : DateLength)..]),
    };

    private object Curve(string name, Func<OverviewStep, double?> value, Tone tone) => new
    {
        name,
        type = "line",
        symbol = "none",
        connectNulls = true,
        color = Palette.Variable(tone),
        lineStyle = new { width = 2 },
        data = figures.Steps.Select(step => value(step) is { } known ? (object)Math.Round(known, 3) : Gap),
    };
}
