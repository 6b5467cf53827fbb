using System.Globalization;

namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>Brings the values of an axis to 0 … 1 and chooses where its marks stand.</summary>
internal sealed class PlotScale
{
    private const int MarksWanted = 6;

    private readonly bool _logarithmic;
    private readonly double _lowest;
    private readonly double _highest;

    private PlotScale(bool logarithmic, double lowest, double highest, IReadOnlyList<double> marks)
    {
        _logarithmic = logarithmic;
        _lowest = lowest;
        _highest = highest;
        Marks = marks;
    }

    /// <summary>Gets the values with a mark, the lowest first.</summary>
    public IReadOnlyList<double> Marks { get; }

    /// <summary>Makes the scale of an axis that begins and ends at a mark.</summary>
    /// <param name="values">All values, at least one, finite; above 0 on a logarithmic axis.</param>
    /// <param name="logarithmic">Whether equal steps are equal factors.</param>
    /// <param name="fromZero">Whether 0 belongs to the axis; not on a logarithmic one.</param>
    public static PlotScale Of(IReadOnlyList<double> values, bool logarithmic, bool fromZero)
        => logarithmic ? Logarithmic(values.Min(), values.Max()) : Linear(fromZero ? Math.Min(0, values.Min()) : values.Min(), fromZero ? Math.Max(0, values.Max()) : values.Max());

    /// <summary>Gives the place of a value: 0 is the axis's beginning, 1 its end.</summary>
    public double Place(double value) => _logarithmic
        ? Math.Log10(value / _lowest) / Math.Log10(_highest / _lowest)
        : (value - _lowest) / (_highest - _lowest);

    /// <summary>Gives the text of a mark: 0.05, 20, 1.5k, 10M.</summary>
    public static string Label(double mark)
    {
        (double divided, string unit) = Math.Abs(mark) switch
        {
            >= 1e9 => (mark / 1e9, "G"),
            >= 1e6 => (mark / 1e6, "M"),
            >= 1e3 => (mark / 1e3, "k"),
            _ => (mark, ""),
        };
        return divided.ToString("0.####", CultureInfo.InvariantCulture) + unit;
    }

    private static PlotScale Linear(double lowest, double highest)
    {
        double step = Step((highest > lowest ? highest - lowest : Math.Max(Math.Abs(highest), 1)) / MarksWanted);
        double first = Math.Floor(lowest / step);
        double last = Math.Max(Math.Ceiling(highest / step), first + 1);
        double[] marks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(index => Math.Round((first + index) * step, 10))];
        return new PlotScale(logarithmic: false, marks[0], marks[^1], marks);
    }

    // 1, 2 or 5 times a power of ten, at least the step wanted.
    private static double Step(double wanted)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return power * (wanted / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        };
    }

    private static PlotScale Logarithmic(double lowest, double highest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lowest);
        int first = (int)Math.Floor(Math.Log10(lowest));
        int last = Math.Max((int)Math.Ceiling(Math.Log10(highest)), first + 1);

        // Powers of ten alone say little about an axis of one or two of them.
        double[] factors = last - first > 2 ? [1] : [1, 2, 5];
        double[] all = [.. Enumerable.Range(first, last - first + 1).SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))];
        double begin = all.Last(mark => mark <= lowest * (1 + 1e-9));
        double end = all.FirstOrDefault(mark => mark >= highest * (1 - 1e-9) && mark > begin, all[^1]);
        return new PlotScale(logarithmic: true, begin, end, [.. all.Where(mark => mark >= begin && mark <= end)]);
    }
}
