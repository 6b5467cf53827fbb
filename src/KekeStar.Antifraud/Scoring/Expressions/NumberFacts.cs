namespace KekeStar.Antifraud.Scoring.Expressions;

/// <summary>What is known beforehand about a numeric part of an expression.</summary>
/// <param name="Low">The smallest value it can have.</param>
/// <param name="High">The largest value it can have.</param>
/// <param name="AtOne">Its value for an event alone in the world whose scene counts.</param>
/// <param name="AtZero">Its value for an event alone in the world whose scene does not count.</param>
/// <param name="Uses">The features in it, each with the direction in which the part follows it.</param>
internal sealed record NumberFacts(double Low, double High, double AtOne, double AtZero, IReadOnlyList<DirectedUse> Uses)
{
    /// <summary>A constant.</summary>
    public static NumberFacts Constant(double value) => new(value, value, value, value, []);

    /// <summary>−x.</summary>
    public static NumberFacts Negate(NumberFacts x) => new(-x.High, -x.Low, -x.AtOne, -x.AtZero, Turn(x.Uses, -1));

    /// <summary>x + y.</summary>
    public static NumberFacts Add(NumberFacts x, NumberFacts y) =>
        new(x.Low + y.Low, x.High + y.High, x.AtOne + y.AtOne, x.AtZero + y.AtZero, [.. x.Uses, .. y.Uses]);

    /// <summary>x · y.</summary>
    public static NumberFacts Multiply(NumberFacts x, NumberFacts y)
    {
        ReadOnlySpan<double> corners = [x.Low * y.Low, x.Low * y.High, x.High * y.Low, x.High * y.High];
        return Of(corners, x.AtOne * y.AtOne, x.AtZero * y.AtZero, [.. Turn(x.Uses, Sign(y)), .. Turn(y.Uses, Sign(x))]);
    }

    /// <summary>x / y.</summary>
    public static NumberFacts Divide(NumberFacts x, NumberFacts y)
    {
        ReadOnlySpan<double> corners = y.Low <= 0 && y.High >= 0
            ? [double.NaN]
            : [x.Low / y.Low, x.Low / y.High, x.High / y.Low, x.High / y.High];
        return Of(corners, x.AtOne / y.AtOne, x.AtZero / y.AtZero, [.. Turn(x.Uses, Sign(y)), .. Turn(y.Uses, -Sign(x))]);
    }

    private static NumberFacts Of(ReadOnlySpan<double> corners, double atOne, double atZero, IReadOnlyList<DirectedUse> uses)
    {
        var low = double.PositiveInfinity;
        var high = double.NegativeInfinity;
        foreach (var corner in corners)
        {
            if (double.IsNaN(corner))
            {
                return new NumberFacts(double.NegativeInfinity, double.PositiveInfinity, atOne, atZero, uses);
            }

            low = Math.Min(low, corner);
            high = Math.Max(high, corner);
        }

        return new NumberFacts(low, high, atOne, atZero, uses);
    }

    private static int Sign(NumberFacts x) => x.Low >= 0 ? 1 : x.High <= 0 ? -1 : 0;

    private static IReadOnlyList<DirectedUse> Turn(IReadOnlyList<DirectedUse> uses, int sign) =>
        [.. uses.Select(use => use with { Direction = use.Direction * sign })];
}

/// <summary>A feature in a numeric part.</summary>
/// <param name="Use">The feature and where it stands.</param>
/// <param name="Direction">1: the part rises with the feature; −1: it falls; 0: it may do either.</param>
internal readonly record struct DirectedUse(FeatureUse Use, int Direction);
