using System.Numerics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>
/// Whether a series repeats itself more exactly than a body can: the difference function of the YIN pitch estimator (de
/// Cheveigné and Kawahara 2002, J. Acoust. Soc. Am. 111, equation 6) over three axes at once.
/// </summary>
internal static class Periodicity
{
    /// <summary>Share of the variance from which on a series has left its own neighbourhood.</summary>
    internal const float Risen = 0.5f;

    // Shorter periods are no movement at the rates that phones sample at.
    private const int MinLag = 3;

    // Samples that are compared before asking whether the bound is passed.
    private const int Stretch = 32;

    /// <summary>
    /// True if, for some period of which the series holds two, less than a share of the variance is left when the series is
    /// compared with itself one period later: 0 repeats to the bit, 1 is what unrelated samples have. Only what rises above
    /// <see cref="Risen"/> first counts: what is merely slow resembles itself at short lags and does not come back.
    /// </summary>
    /// <param name="series">The series, 32 samples or more.</param>
    /// <param name="variance">Sum of the variances of the three axes, (m/s²)²; above 0.</param>
    /// <param name="bound">The share.</param>
    internal static bool Repeats(in SampleSeries series, float variance, float bound)
    {
        var hasRisen = false;
        for (var lag = MinLag; lag <= series.Count / 2; lag++)
        {
            var unrelated = (series.Count - lag) * (2 * variance);
            if (hasRisen)
            {
                if (Difference(series, lag, bound * unrelated) < bound * unrelated)
                {
                    return true;
                }
            }
            else
            {
                hasRisen = Difference(series, lag, Risen * unrelated) > Risen * unrelated;
            }
        }

        return false;
    }

    /// <summary>Sum of the squared distances of the samples from those <paramref name="lag"/> later.</summary>
    /// <returns>The sum, or one of its first parts that is more than <paramref name="enough"/> already, which most are soon.</returns>
    private static float Difference(in SampleSeries series, int lag, float enough)
    {
        var compared = series.Count - lag;
        ref var x = ref MemoryMarshal.GetReference(series.X);
        ref var y = ref MemoryMarshal.GetReference(series.Y);
        ref var z = ref MemoryMarshal.GetReference(series.Z);
        Vector<float> sumsX = default, sumsY = default, sumsZ = default;
        var i = 0;
        while (i <= compared - Stretch)
        {
            for (var end = i + Stretch; i < end; i += Vector<float>.Count)
            {
                Add(ref x, i, lag, ref sumsX);
                Add(ref y, i, lag, ref sumsY);
                Add(ref z, i, lag, ref sumsZ);
            }

            var part = Vector.Sum(sumsX + sumsY + sumsZ);
            if (part > enough)
            {
                return part;
            }
        }

        for (; i <= compared - Vector<float>.Count; i += Vector<float>.Count)
        {
            Add(ref x, i, lag, ref sumsX);
            Add(ref y, i, lag, ref sumsY);
            Add(ref z, i, lag, ref sumsZ);
        }

        var sum = Vector.Sum(sumsX + sumsY + sumsZ);
        for (; i < compared; i++)
        {
            sum += Square(series.X[i + lag] - series.X[i]) + Square(series.Y[i + lag] - series.Y[i]) + Square(series.Z[i + lag] - series.Z[i]);
        }

        return sum;
    }

    private static void Add(ref float values, int i, int lag, ref Vector<float> sums)
    {
        var difference = Vector.LoadUnsafe(ref values, (nuint)(i + lag)) - Vector.LoadUnsafe(ref values, (nuint)i);
        sums = Vector.MultiplyAddEstimate(difference, difference, sums);
    }

    private static float Square(float value) => value * value;
}
