namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>One thing that was measured at both commits, in pairs: each round gives a ratio.</summary>
/// <param name="name">What.</param>
internal sealed class ComparedFigure(string name)
{
    // What threads beside the measured one allocate is now and then among a request's bytes.
    private const double BytesSlack = 16;

    private readonly List<Figure> _base = [];
    private readonly List<Figure> _head = [];

    /// <summary>What.</summary>
    public string Name { get; } = name;

    /// <summary>HEAD ÷ BASE of the time in the middle round; a quarter of the rounds lies below <see cref="LowerQuartile"/>.</summary>
    public double Ratio => Quantile(Ratios(), 0.5);

    /// <summary>A quarter of the rounds is at most this.</summary>
    public double LowerQuartile => Quantile(Ratios(), 0.25);

    /// <summary>A quarter of the rounds is at least this.</summary>
    public double UpperQuartile => Quantile(Ratios(), 0.75);

    /// <summary>The shortest time at the base.</summary>
    public double BaseTime => _base.Min(static figure => figure.Time);

    /// <summary>The shortest time at the head.</summary>
    public double HeadTime => _head.Min(static figure => figure.Time);

    /// <summary>The fewest bytes at the base; null: not known.</summary>
    public double? BaseBytes => _base.Min(static figure => figure.Bytes);

    /// <summary>The fewest bytes at the head; null: not known.</summary>
    public double? HeadBytes => _head.Min(static figure => figure.Bytes);

    /// <summary>Adds a round.</summary>
    public void Add(Figure atBase, Figure atHead)
    {
        _base.Add(atBase);
        _head.Add(atHead);
    }

    /// <summary>True if the head is slower: by more than the tolerance in the middle round, and at all in three rounds of four.</summary>
    public bool IsSlower(double tolerance) => Ratio > tolerance && LowerQuartile > 1;

    /// <summary>True if the head allocates more than the tolerance allows.</summary>
    public bool AllocatesMore(double tolerance) => HeadBytes > (BaseBytes * tolerance) + BytesSlack;

    private double[] Ratios() => [.. _base.Zip(_head, static (atBase, atHead) => atHead.Time / atBase.Time).Order()];

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
