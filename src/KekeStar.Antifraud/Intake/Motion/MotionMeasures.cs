using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>The arithmetic behind <see cref="MotionSummary"/>, on a series that is known to be valid and not empty.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct MotionMeasures
{
    // Samples are put into an open-addressed table to count the different ones; at most half full.
    private const int TableSize = MotionSummary.MaxSamples * 2;

    private MotionMeasures(int count) => Count = count;

    internal int Count { get; }

    internal double MeanMagnitude { get; private init; }

    internal double MagnitudeVariance { get; private init; }

    internal int LongestRun { get; private init; }

    internal int Distinct { get; private init; }

    internal double IntervalVariation { get; private init; }

    internal uint DurationMicroseconds { get; private init; }

    internal double LongestRunShare => Count == 0 ? 0 : (double)LongestRun / Count;

    internal double DistinctShare => Count == 0 ? 0 : (double)Distinct / Count;

    [SkipLocalsInit]
    internal static MotionMeasures Take(ReadOnlySpan<uint> time, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z)
    {
        // Two passes: no cancellation where the variance is small against the mean (a phone at rest), and no chain of
        // divisions as a running mean has.
        Span<double> magnitudes = stackalloc double[MotionSummary.MaxSamples];
        magnitudes = magnitudes[..x.Length];
        var sum = 0.0;
        var run = 0;
        var longestRun = 0;
        for (var i = 0; i < magnitudes.Length; i++)
        {
            var magnitude = Math.Sqrt(((double)x[i] * x[i]) + ((double)y[i] * y[i]) + ((double)z[i] * z[i]));
            magnitudes[i] = magnitude;
            sum += magnitude;
            run = i > 0 && AreIdentical(x, y, z, i, i - 1) ? run + 1 : 1;
            longestRun = Math.Max(longestRun, run);
        }

        // A constant series has no variance, whatever the rounding of its sum.
        var mean = longestRun == x.Length ? magnitudes[0] : sum / x.Length;
        var squares = 0.0;
        foreach (var magnitude in magnitudes)
        {
            squares += (magnitude - mean) * (magnitude - mean);
        }

        return new MotionMeasures(x.Length)
        {
            MeanMagnitude = mean,
            MagnitudeVariance = squares / x.Length,
            LongestRun = longestRun,
            Distinct = CountDistinct(x, y, z),
            IntervalVariation = VariationOfIntervals(time),
            DurationMicroseconds = time[^1] >= time[0] ? time[^1] - time[0] : 0,
        };
    }

    [SkipLocalsInit]
    private static int CountDistinct(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z)
    {
        // Index of a sample plus one; 0 is an empty slot.
        Span<ushort> table = stackalloc ushort[TableSize];
        var mask = (int)BitOperations.RoundUpToPowerOf2((uint)x.Length * 2) - 1;
        table = table[..(mask + 1)];
        table.Clear();
        var distinct = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var slot = Hash(Bits(x[i]), Bits(y[i]), Bits(z[i])) & mask;
            while (table[slot] != 0 && !AreIdentical(x, y, z, i, table[slot] - 1))
            {
                slot = (slot + 1) & mask;
            }

            if (table[slot] == 0)
            {
                table[slot] = (ushort)(i + 1);
                distinct++;
            }
        }

        return distinct;
    }

    private static double VariationOfIntervals(ReadOnlySpan<uint> time)
    {
        if (time.Length < 3)
        {
            return double.NaN;
        }

        var mean = ((double)time[^1] - time[0]) / (time.Length - 1);
        var squares = 0.0;
        for (var i = 1; i < time.Length; i++)
        {
            if (time[i] < time[i - 1])
            {
                return double.NaN;
            }

            var deviation = time[i] - time[i - 1] - mean;
            squares += deviation * deviation;
        }

        return mean == 0 ? double.NaN : Math.Sqrt(squares / (time.Length - 1)) / mean;
    }

    private static bool AreIdentical(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, int left, int right) =>
        Bits(x[left]) == Bits(x[right]) && Bits(y[left]) == Bits(y[right]) && Bits(z[left]) == Bits(z[right]);

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    // Multiplication spreads the mantissa's low bits over the high ones; constants of MurmurHash3's finaliser.
    private static int Hash(uint x, uint y, uint z)
    {
        var hash = ((((x * 0x85EBCA6B) ^ y) * 0xC2B2AE35) ^ z) * 0x85EBCA6B;
        return (int)(hash >> 16);
    }
}
