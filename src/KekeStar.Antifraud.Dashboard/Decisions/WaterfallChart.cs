using System.Globalization;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>A waterfall as ECharts' option: bars that stand on a bar nobody sees.</summary>
internal static class WaterfallChart
{
    private const int RowHeight = 34;
    private const int Surroundings = 44;
    private const int LongestName = 26;

    /// <summary>Height that so many steps and the sum want, in pixels.</summary>
    public static int HeightOf(Waterfall waterfall) => Surroundings + (RowHeight * (waterfall.Steps.Count + 1));

    /// <summary>The option.</summary>
    public static object Option(Waterfall waterfall, Texts texts)
    {
        object[] ends = [.. waterfall.Steps.Select(static step => (object)Math.Min(step.Start, step.End)), 0m];
        object[] bars =
        [
            .. waterfall.Steps.Select(static step => Bar(Math.Abs(step.Added), step.Added < 0 ? Palette.Pass : Palette.Reject, step.Added.ToString("+0.##;−0.##;0", CultureInfo.InvariantCulture))),
            Bar(waterfall.Sum, Palette.Accent, waterfall.Sum.ToString("0.##", CultureInfo.InvariantCulture)),
        ];
        return new
        {
            tooltip = new { trigger = "item" },
            grid = new { top = 8, right = 60 },
            xAxis = new { type = "value", min = 0 },
            yAxis = new
            {
                type = "category",
                inverse = true,
                data = waterfall.Steps.Select(static step => Shorten(step.Rule)).Append(texts["Decision.Score"]),
                axisLabel = new { hideOverlap = false, interval = 0 },
            },
            series = new object[]
            {
                new { type = "bar", stack = "score", silent = true, barMaxWidth = 22, itemStyle = new { color = "transparent" }, tooltip = new { show = false }, data = ends },
                new { type = "bar", stack = "score", name = texts["Decision.Added"], barMaxWidth = 22, data = bars },
            },
        };
    }

    private static object Bar(decimal length, Tone tone, string text) => new
    {
        value = length,
        itemStyle = new { color = Palette.Variable(tone), borderRadius = 2 },
        label = new { show = true, position = "right", formatter = text, color = Palette.Variable(Palette.Text) },
    };

    private static string Shorten(string name) => name.Length > LongestName ? string.Concat(name.AsSpan(0, LongestName - 1), "…") : name;
}
