using System.Numerics;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>
/// How exactly a series repeats itself: the difference function of the YIN pitch estimator (de Cheveigné and Kawahara 2002,
/// J. Acoust. Soc. Am. 111, equation 6) over three axes at once.
/// </summary>
internal static class Periodicity
{
    /// <summary>Share of the variance from which on a series has left its own neighbourhood.</summary>
    internal const float Risen = 0.5f;

    // Shorter periods are no movement at the rates that phones sample at.
    private const int MinLag = 3;

    /// <summary>
    /// The smallest share of the variance that is left when the series is compared with itself one period later, over all
    /// periods of which it holds two: 0 repeats to the bit, 1 is what unrelated samples have. 1 if it does not rise above
    /// <see cref="Risen"/> first: what is merely slow resembles itself at short lags and does not come back.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="variance">Sum of the variances of the three axes, (m/s²)²; above 0.</param>
    internal static float SmallestDifference(in SampleSeries series, float variance)
    {
        var smallest = 1f;
        var hasRisen = false;
        var unrelated = 2 * variance;
        for (var lag = MinLag; lag <= series.Count / 2; lag++)
        {
            var compared = series.Count - lag;
            var share = Difference(series, lag) / (compared * unrelated);
            hasRisen |= share > Risen;
            smallest = hasRisen ? Math.Min(smallest, share) : smallest;
        }

        return smallest;
    }

    private static float Difference(in SampleSeries series, int lag)
    {
        var compared = series.Count - lag;
        ReadOnlySpan<float> x = series.X, y = series.Y, z = series.Z;
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= compared - Vector<float>.Count; i += Vector<float>.Count)
        {
            var differenceX = new Vector<float>(x[(i + lag)..]) - new Vector<float>(x[i..]);
            var differenceY = new Vector<float>(y[(i + lag)..]) - new Vector<float>(y[i..]);
            var differenceZ = new Vector<float>(z[(i + lag)..]) - new Vector<float>(z[i..]);
            sums += (differenceX * differenceX) + (differenceY * differenceY) + (differenceZ * differenceZ);
        }

        var sum = Vector.Sum(sums);
        for (; i < compared; i++)
        {
            sum += Square(x[i + lag] - x[i]) + Square(y[i + lag] - y[i]) + Square(z[i + lag] - z[i]);
        }

        return sum;
    }

    private static float Square(float value) => value * value;
}
