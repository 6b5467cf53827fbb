using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;

namespace KekeStar.Antifraud.Dashboard.Entities;

/// <summary>An entity's time line as ECharts' option.</summary>
internal static class EntityCharts
{
    /// <summary>Decisions of each hour by verdict; an hour without one is there too, so that a pause is seen.</summary>
    /// <param name="timeline">What was decided.</param>
    /// <param name="texts">The words.</param>
    /// <param name="clock">Writes times.</param>
    public static object Timeline(EntityTimeline timeline, Texts texts, LocalClock clock)
    {
        var hours = HoursOf(timeline);
        return new
        {
            legend = new { },
            tooltip = new { trigger = "axis", axisPointer = new { type = "shadow" } },
            xAxis = new { type = "category", axisLabel = new { alignMinLabel = "left", alignMaxLabel = "right", hideOverlap = true }, data = hours.Select(clock.Hour) },
            yAxis = new { type = "value", minInterval = 1 },
            series = DecisionWords.Verdicts.Select(verdict =>
            {
                var counts = timeline.Points.Where(point => point.Verdict == verdict).ToDictionary(static point => point.Hour, static point => point.Count);
                return new
                {
                    name = DecisionWords.Verdict(texts, verdict),
                    type = "bar",
                    stack = "verdicts",
                    barMaxWidth = 18,
                    color = Palette.Variable(Palette.Of(ContractWords.VerdictOf(verdict))),
                    data = hours.Select(hour => counts.GetValueOrDefault(hour)),
                };
            }),
        };
    }

    /// <summary>The hours from the first to the last one that has a decision.</summary>
    public static IReadOnlyList<DateTimeOffset> HoursOf(EntityTimeline timeline)
    {
        var hours = new List<DateTimeOffset>();
        if (timeline.Points.Count > 0)
        {
            for (var hour = timeline.Points[0].Hour; hour <= timeline.Points[^1].Hour; hour = hour.AddHours(1))
            {
                hours.Add(hour);
            }
        }

        return hours;
    }
}
