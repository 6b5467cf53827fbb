using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>
/// How much of a movement lies where a hand trembles: physiological tremor has 8–12 Hz, and 4–8 Hz with a weight in the
/// hand or a fault of the nerves (Deuschl, Bain, Brin et al. 1998, Movement Disorders 13, supplement 3).
/// </summary>
internal static class TremorBand
{
    /// <summary>Lowest frequency that is looked at, Hz; the eight are 1 Hz apart, so they stand for 4 to 12 Hz.</summary>
    private const double LowestHertz = 4.5;

    /// <summary>Slowest sampling of which the band can be seen, µs between samples: 24 Hz are the least for 12 Hz.</summary>
    private const double MaxInterval = 1e6 / 30;

    /// <summary>Share of the variance in the band, 0 to 1, by Goertzel's algorithm; NaN: sampled too slowly, or no variance.</summary>
    /// <param name="magnitudes">Magnitudes, m/s².</param>
    /// <param name="interval">Mean time between samples, µs; 0: unknown.</param>
    [SkipLocalsInit]
    internal static double Share(ReadOnlySpan<float> magnitudes, double interval)
    {
        if (interval is 0 or > MaxInterval)
        {
            return double.NaN;
        }

        Span<float> factors = stackalloc float[Vector256<float>.Count];
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i] = (float)(2 * Math.Cos(2 * Math.PI * (LowestHertz + i) * interval / 1e6));
        }

        var mean = 0f;
        foreach (var magnitude in magnitudes)
        {
            mean += magnitude;
        }

        mean /= magnitudes.Length;
        var factor = Vector256.Create<float>(factors);
        var last = Vector256<float>.Zero;
        var beforeLast = Vector256<float>.Zero;
        var variance = 0f;
        foreach (var magnitude in magnitudes)
        {
            var deviation = magnitude - mean;
            variance += deviation * deviation;
            var state = Vector256.Create(deviation) + (factor * last) - beforeLast;
            beforeLast = last;
            last = state;
        }

        // |X(f)|² of each frequency; 2/n² of it is the power of a band as wide as 1/(n·interval).
        var power = Vector256.Sum((last * last) + (beforeLast * beforeLast) - (factor * last * beforeLast));
        var bands = magnitudes.Length * interval / 1e6;
        var share = 2 * power * bands / (magnitudes.Length * (double)variance);
        return variance > 0 ? Math.Clamp(share, 0, 1) : double.NaN;
    }
}
