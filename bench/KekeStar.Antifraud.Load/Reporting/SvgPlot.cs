using System.Globalization;
using System.Security;
using System.Text;

namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>Draws a plot as SVG text: no native library, and a change of a figure is a change of a line.</summary>
internal sealed class SvgPlot
{
    private const double Width = 760;
    private const double Height = 430;
    private const double Left = 74;
    private const double Right = 740;
    private const double Top = 80;
    private const double Bottom = 366;
    private const double ShareOfBars = 0.7;

    // Okabe and Ito, "Color Universal Design" (2008): told apart by people with any kind of colour vision.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    private readonly StringBuilder _text = new();
    private readonly Plot _plot;
    private readonly PlotScale _x;
    private readonly PlotScale _y;

    private SvgPlot(Plot plot)
    {
        _plot = plot;
        PlotPoint[] points = [.. plot.Series.SelectMany(static series => series.Points)];
        _x = PlotScale.Of([.. points.Select(static point => point.X)], plot.X.Logarithmic, fromZero: false);
        _y = PlotScale.Of([.. points.Select(static point => point.Y)], plot.Y.Logarithmic, fromZero: true);
    }

    /// <summary>Gives the plot as the text of an SVG file.</summary>
    public static string Text(Plot plot)
    {
        var drawing = new SvgPlot(plot);
        drawing.Draw();
        return drawing._text.ToString();
    }

    private void Draw()
    {
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="system-ui, sans-serif" font-size="13" fill="#333">""");
        Line($"""<rect width="{Width}" height="{Height}" fill="#fff"/>""");
        Words(Width / 2, 24, "middle", _plot.Title, """ font-size="16" font-weight="600" """);
        DrawYAxis();
        if (_plot.Kind == PlotKind.Bar)
        {
            DrawBars();
        }
        else
        {
            DrawXMarks();
            DrawLines();
        }

        Line($"""<path d="M{Left} {Top}V{Bottom}H{Right}" fill="none" stroke="#333"/>""");
        Words((Left + Right) / 2, Height - 14, "middle", _plot.X.Title);
        Words(0, 0, "middle", _plot.Y.Title, Text($""" transform="translate(18 {(Top + Bottom) / 2}) rotate(-90)" """));
        DrawLegend();
        Line($"</svg>");
    }

    private void DrawYAxis()
    {
        foreach (double mark in _y.Marks)
        {
            Line($"""<path d="M{Left} {Y(mark):F1}H{Right}" stroke="#ddd"/>""");
            Words(Left - 8, Y(mark) + 4, "end", PlotScale.Label(mark));
        }
    }

    private void DrawXMarks()
    {
        foreach (double mark in _x.Marks)
        {
            Line($"""<path d="M{X(mark):F1} {Top}V{Bottom + 5}" stroke="#ddd"/>""");
            Words(X(mark), Bottom + 20, "middle", PlotScale.Label(mark));
        }
    }

    private void DrawLines()
    {
        foreach ((int index, PlotSeries series) in _plot.Series.Index())
        {
            string points = string.Join(' ', series.Points.Select(point => Text($"{X(point.X):F1},{Y(point.Y):F1}")));
            Line($"""<polyline points="{points}" fill="none" stroke="{Colour(index)}" stroke-width="2"/>""");
            foreach (PlotPoint point in series.Points)
            {
                Line($"""<circle cx="{X(point.X):F1}" cy="{Y(point.Y):F1}" r="3.5" fill="{Colour(index)}"><title>{Escape(series.Name)}: {PlotScale.Label(point.X)}, {point.Y:G4}</title></circle>""");
            }
        }
    }

    private void DrawBars()
    {
        double slot = (Right - Left) / _plot.Categories.Count;
        double bar = slot * ShareOfBars / _plot.Series.Count;
        foreach ((int index, string category) in _plot.Categories.Index())
        {
            Words(Left + ((index + 0.5) * slot), Bottom + 20, "middle", category);
        }

        foreach ((int index, PlotSeries series) in _plot.Series.Index())
        {
            foreach (PlotPoint point in series.Points)
            {
                double left = Left + ((point.X + ((1 - ShareOfBars) / 2)) * slot) + (index * bar);
                double top = Math.Min(Y(point.Y), Y(0));
                Line($"""<rect x="{left:F1}" y="{top:F1}" width="{bar * 0.94:F1}" height="{Math.Abs(Y(point.Y) - Y(0)):F1}" fill="{Colour(index)}"/>""");
                Words(left + (bar * 0.47), top - 4, "middle", PlotScale.Label(double.Parse(Text($"{point.Y:G3}"), CultureInfo.InvariantCulture)), """ font-size="11" """);
            }
        }
    }

    private void DrawLegend()
    {
        const double CharacterWidth = 7.2;
        double left = Left;
        foreach ((int index, PlotSeries series) in _plot.Series.Index())
        {
            Line($"""<rect x="{left:F1}" y="42" width="12" height="12" fill="{Colour(index)}"/>""");
            Words(left + 18, 53, "start", series.Name);
            left += 40 + (series.Name.Length * CharacterWidth);
        }
    }

    private double X(double value) => Left + (_x.Place(value) * (Right - Left));

    private double Y(double value) => Bottom - (_y.Place(value) * (Bottom - Top));

    private static string Colour(int series) => Colours[series % Colours.Length];

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Words(double x, double y, string anchor, string words, string attributes = " ")
        => Line($"""<text x="{x:F1}" y="{y:F1}" text-anchor="{anchor}"{attributes.TrimEnd()}>{Escape(words)}</text>""");

    private void Line(FormattableString line) => _text.Append(Text(line)).Append('\n');
}
