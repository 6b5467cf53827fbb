using System.Text;

namespace KekeStar.Antifraud.Archive.Backtests.Page;

/// <summary>Draws how scores were distributed then and are now, as SVG; by the root of the counts, so that few are seen beside many.</summary>
internal static class ScoreChart
{
    private const double Width = 760;
    private const double Height = 240;
    private const double Left = 10;
    private const double Bottom = 24;

    /// <summary>Draws it.</summary>
    public static string Draw(IReadOnlyList<ScoreBin> bins)
    {
        var most = Math.Sqrt(Math.Max(1, bins.Max(static bin => Math.Max(bin.Then, bin.Now))));
        var step = (Width - Left) / bins.Count;
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {PageNumbers.Svg(Width)} {PageNumbers.Svg(Height)}\" role=\"img\">");
        for (var place = 0; place < bins.Count; place++)
        {
            var bin = bins[place];
            var x = Left + (place * step);
            Bar(svg, "then", x + (0.1 * step), 0.38 * step, bin.Then, most, bin.From);
            Bar(svg, "now", x + (0.5 * step), 0.38 * step, bin.Now, most, bin.From);
            if (place % 2 == 0)
            {
                svg.Append($"<text x=\"{PageNumbers.Svg(x)}\" y=\"{PageNumbers.Svg(Height - 8)}\">{PageNumbers.Count(bin.From)}</text>");
            }
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Bar(StringBuilder svg, string kind, double x, double width, long count, double most, int from)
    {
        var height = (Height - Bottom - 10) * Math.Sqrt(count) / most;
        svg.Append(
            $"<rect class=\"{kind}\" x=\"{PageNumbers.Svg(x)}\" y=\"{PageNumbers.Svg(Height - Bottom - height)}\" width=\"{PageNumbers.Svg(width)}\" "
            + $"height=\"{PageNumbers.Svg(height)}\"><title>{PageNumbers.Count(from)}…: {PageNumbers.Count(count)}</title></rect>");
    }
}
