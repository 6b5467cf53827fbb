using System.Net;
using System.Text;
using KekeStar.Antifraud.Archive.Judging;

namespace KekeStar.Antifraud.Archive.Backtests.Page;

/// <summary>Draws shares with their intervals one below the other, as SVG: then above, now below.</summary>
internal static class ShareChart
{
    private const double Width = 760;
    private const double Name = 210;
    private const double Row = 30;

    /// <summary>Draws it.</summary>
    /// <param name="rows">Name, share then and share now; of nothing: left out.</param>
    public static string Draw(IReadOnlyList<(string Name, Share Then, Share Now)> rows)
    {
        var most = rows.SelectMany(static row => new[] { row.Then, row.Now }).Where(static share => share.Total > 0).Select(static share => share.High).DefaultIfEmpty(1).Max();
        var scale = (Width - Name - 60) / Math.Max(most, 0.001);
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {PageNumbers.Svg(Width)} {PageNumbers.Svg((Row * rows.Count) + 24)}\" role=\"img\">");
        for (var place = 0; place < rows.Count; place++)
        {
            var (name, then, now) = rows[place];
            var y = (place * Row) + 14;
            svg.Append($"<text x=\"0\" y=\"{PageNumbers.Svg(y + 8)}\">{WebUtility.HtmlEncode(name)}</text>");
            Interval(svg, "then", then, y, scale);
            Interval(svg, "now", now, y + 9, scale);
        }

        var bottom = (Row * rows.Count) + 18;
        foreach (var tick in (double[])[0, most / 2, most])
        {
            svg.Append($"<text x=\"{PageNumbers.Svg(Name + (tick * scale))}\" y=\"{PageNumbers.Svg(bottom)}\">{PageNumbers.Svg(100 * tick)} %</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Interval(StringBuilder svg, string kind, Share share, double y, double scale)
    {
        if (share.Total == 0)
        {
            return;
        }

        svg.Append(
            $"<g class=\"{kind}\"><title>{PageNumbers.Of(share)}</title>"
            + $"<line x1=\"{PageNumbers.Svg(Name + (share.Low * scale))}\" x2=\"{PageNumbers.Svg(Name + (share.High * scale))}\" y1=\"{PageNumbers.Svg(y)}\" y2=\"{PageNumbers.Svg(y)}\"/>"
            + $"<circle cx=\"{PageNumbers.Svg(Name + (share.Value * scale))}\" cy=\"{PageNumbers.Svg(y)}\" r=\"3.5\"/></g>");
    }
}
