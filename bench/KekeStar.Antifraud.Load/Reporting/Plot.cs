namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>A plot of a section.</summary>
internal sealed record Plot
{
    /// <summary>Gets how points are drawn.</summary>
    public PlotKind Kind { get; init; } = PlotKind.Line;

    /// <summary>Gets its heading.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the horizontal axis.</summary>
    public required PlotAxis X { get; init; }

    /// <summary>Gets the vertical axis.</summary>
    public required PlotAxis Y { get; init; }

    /// <summary>Gets what is drawn, at least one series with a point: one colour each, six at most.</summary>
    public required IReadOnlyList<PlotSeries> Series { get; init; }

    /// <summary>Gets the names below the bars: the point with x = i stands over the i-th. Lines have none.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}

/// <summary>How the points of a plot are drawn.</summary>
internal enum PlotKind
{
    /// <summary>Joined by lines.</summary>
    Line,

    /// <summary>As bars, those of the same x side by side.</summary>
    Bar,
}

/// <summary>An axis.</summary>
/// <param name="Title">What it shows, with the unit.</param>
/// <param name="Logarithmic">Whether equal steps are equal factors; then all values are above 0. Not for bars.</param>
internal sealed record PlotAxis(string Title, bool Logarithmic = false);

/// <summary>Points that belong together.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Points">The points from left to right.</param>
internal sealed record PlotSeries(string Name, IReadOnlyList<PlotPoint> Points);

/// <summary>A point.</summary>
/// <param name="X">Horizontal.</param>
/// <param name="Y">Vertical.</param>
internal sealed record PlotPoint(double X, double Y);
