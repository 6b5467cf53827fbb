using System.Numerics;

namespace KekeStar.Antifraud.Dashboard.Live;

/// <summary>
/// Sorts durations into classes: eight to each doubling, from 1 µs to about 16 s, so that a percentile read from the classes is at most
/// 12.5 % above the true one.
/// </summary>
internal static class LatencyScale
{
    /// <summary>Number of classes.</summary>
    public const int Classes = 24 * PerDoubling;

    private const int PerDoubling = 8;
    private const int PerDoublingBits = 3;

    /// <summary>The class of a duration.</summary>
    /// <param name="seconds">The duration, in seconds; what lies outside the scale counts at its end.</param>
    public static int ClassOf(double seconds)
    {
        var microseconds = (ulong)Math.Clamp(seconds * 1_000_000, 1, uint.MaxValue);
        var doubling = BitOperations.Log2(microseconds);

        // The bits behind the leading one.
        var within = doubling >= PerDoublingBits
            ? (int)(microseconds >> (doubling - PerDoublingBits)) & (PerDoubling - 1)
            : (int)(microseconds << (PerDoublingBits - doubling)) & (PerDoubling - 1);
        return Math.Min((doubling * PerDoubling) + within, Classes - 1);
    }

    /// <summary>The upper end of a class, in milliseconds.</summary>
    public static double UpperMilliseconds(int index) =>
        Math.Pow(2, index / PerDoubling) * (1 + (((index % PerDoubling) + 1) / (double)PerDoubling)) / 1_000;

    /// <summary>A percentile.</summary>
    /// <param name="counts">Number of durations in each class.</param>
    /// <param name="share">Which, 0 to 1.</param>
    /// <returns>Milliseconds; null if nothing was counted.</returns>
    public static double? Percentile(ReadOnlySpan<long> counts, double share)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        if (total == 0)
        {
            return null;
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(total * share));
        var seen = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= wanted)
            {
                return UpperMilliseconds(i);
            }
        }

        return UpperMilliseconds(counts.Length - 1);
    }
}
