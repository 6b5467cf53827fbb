using System.Runtime.Intrinsics;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>
/// How much of a movement lies where a hand trembles: physiological tremor has 8–12 Hz, and 4–8 Hz with a weight in the
/// hand or a fault of the nerves (Deuschl, Bain, Brin et al. 1998, Movement Disorders 13, supplement 3).
/// </summary>
internal static class TremorBand
{
    // Sixteen frequencies half a hertz apart, in the middle of as many bands from 4 to 12 Hz.
    private const double LowestHertz = 4.25;
    private const double Spacing = 0.5;

    // Two seconds tell half a hertz apart; of a longer series frequencies would be missed between those that are looked at.
    private const double MaxMicroseconds = 2e6;

    // Slowest sampling of which the band can be seen, µs between samples: 24 Hz are the least for 12 Hz.
    private const double MaxInterval = 1e6 / 30;

    // Variance, (m/s²)², below which there is nothing but rounding.
    private const float MinVariance = 1e-6f;

    /// <summary>Share of the variance in the band, 0 to 1, by Goertzel's algorithm; NaN: sampled too slowly, or no variance.</summary>
    /// <param name="magnitudes">Magnitudes, m/s².</param>
    /// <param name="interval">Mean time between samples, µs; 0: unknown.</param>
    internal static double Share(ReadOnlySpan<float> magnitudes, double interval)
    {
        if (interval is 0 or > MaxInterval)
        {
            return double.NaN;
        }

        if (magnitudes.Length * interval > MaxMicroseconds)
        {
            magnitudes = magnitudes[..(int)(MaxMicroseconds / interval)];
        }

        var lowFactor = FactorsFrom(LowestHertz, interval);
        var highFactor = FactorsFrom(LowestHertz + (Spacing * Vector256<float>.Count), interval);
        var (mean, variance) = SampleArithmetic.Spread(magnitudes);
        Vector256<float> low = default, lowBefore = default, high = default, highBefore = default;
        foreach (var magnitude in magnitudes)
        {
            // One multiplication and addition waits for the last one; the difference does not.
            var input = Vector256.Create(magnitude - mean);
            (low, lowBefore) = (Vector256.MultiplyAddEstimate(lowFactor, low, input - lowBefore), low);
            (high, highBefore) = (Vector256.MultiplyAddEstimate(highFactor, high, input - highBefore), high);
        }

        if (variance < MinVariance)
        {
            return double.NaN;
        }

        // |X(f)|² of each frequency; 2/n² of it is the power of a band as wide as 1/(n·interval).
        var power = Vector256.Sum((low * low) + (lowBefore * lowBefore) - (lowFactor * low * lowBefore))
            + Vector256.Sum((high * high) + (highBefore * highBefore) - (highFactor * high * highBefore));
        var bands = Spacing * magnitudes.Length * interval / 1e6;
        return Math.Clamp(2 * power * bands / ((double)magnitudes.Length * magnitudes.Length * variance), 0, 1);
    }

    // 2·cos(2πf·interval) of eight frequencies.
    private static Vector256<float> FactorsFrom(double hertz, double interval)
    {
        var radians = 2 * Math.PI * interval / 1e6;
        var first = Vector256.Create(hertz, hertz + Spacing, hertz + (2 * Spacing), hertz + (3 * Spacing)) * radians;
        var last = first + Vector256.Create(Vector256<double>.Count * Spacing * radians);
        return 2 * Vector256.Narrow(Vector256.Cos(first), Vector256.Cos(last));
    }
}
