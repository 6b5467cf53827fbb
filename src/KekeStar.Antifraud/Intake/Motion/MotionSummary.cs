using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>
/// What is kept of a series of three-axis sensor samples: a few measures that tell a held phone from a program. The
/// samples themselves are dropped.
/// </summary>
/// <remarks>
/// Magnitude is the length of the vector (x, y, z) in the sensor's unit, m/s² or rad/s; it does not depend on how the
/// phone is held.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct MotionSummary
{
    /// <summary>Most samples, as the contract says.</summary>
    internal const int MaxSamples = 512;

    /// <summary>
    /// Fewest samples to call a series constant. Coarse sensors repeat a value now and then; 16 times in a row on three
    /// axes they do not.
    /// </summary>
    internal const int MinConstantSamples = 16;

    /// <summary>
    /// Least plausible mean magnitude of an accelerometer, m/s². At rest it reads 9.78 to 9.83 by latitude (WGS 84) and
    /// cheap sensors are off by up to 5 %; walking averages out to about that. Below 7 the phone would be falling for
    /// a good part of the series.
    /// </summary>
    internal const double MinGravity = 7;

    /// <summary>Greatest plausible mean magnitude of an accelerometer, m/s²: hard shaking over the whole series.</summary>
    internal const double MaxGravity = 13;

    private MotionSummary(in MotionMeasures measures, MotionFlags flags)
    {
        Count = measures.Count;
        MeanMagnitude = measures.MeanMagnitude;
        MagnitudeVariance = measures.MagnitudeVariance;
        LongestRunShare = measures.LongestRunShare;
        DistinctShare = measures.DistinctShare;
        IntervalVariation = measures.IntervalVariation;
        DurationMicroseconds = measures.DurationMicroseconds;
        Flags = flags;
    }

    /// <summary>Number of samples, 0 to <see cref="MaxSamples"/>; 0 if invalid.</summary>
    internal int Count { get; }

    /// <summary>Mean magnitude in the sensor's unit.</summary>
    internal double MeanMagnitude { get; }

    /// <summary>Population variance of the magnitude, squared unit.</summary>
    internal double MagnitudeVariance { get; }

    /// <summary>Longest run of samples identical to the bit, as a share of all: above 0 to 1.</summary>
    internal double LongestRunShare { get; }

    /// <summary>Number of different samples as a share of all: above 0 to 1. A short recording played in a loop is low.</summary>
    internal double DistinctShare { get; }

    /// <summary>
    /// Standard deviation of the intervals between timestamps divided by their mean. A real phone's scheduler gives some
    /// percent; 0 is a program that counts up. <see cref="double.NaN"/> with fewer than three samples, or when time stands
    /// still or runs backwards.
    /// </summary>
    internal double IntervalVariation { get; }

    /// <summary>Time from the first sample to the last, µs; 0 if time runs backwards.</summary>
    internal uint DurationMicroseconds { get; }

    /// <summary>What is odd.</summary>
    internal MotionFlags Flags { get; }

    /// <summary>Summarises one series. Never throws on account of the values; allocates nothing.</summary>
    /// <param name="timeMicroseconds">Time of each sample since the first, µs.</param>
    /// <param name="x">Values along the device's x axis.</param>
    /// <param name="y">Values along y.</param>
    /// <param name="z">Values along z.</param>
    internal static MotionSummary Compute(
        ReadOnlySpan<uint> timeMicroseconds,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> z)
    {
        var count = timeMicroseconds.Length;
        if (count is 0 or > MaxSamples || x.Length != count || y.Length != count || z.Length != count
            || !AreFinite(x) || !AreFinite(y) || !AreFinite(z))
        {
            return new MotionSummary(default, MotionFlags.Invalid);
        }

        var measures = MotionMeasures.Take(timeMicroseconds, x, y, z);
        var flags = MotionFlags.None;
        if (count >= MinConstantSamples && measures.LongestRun == count)
        {
            flags |= MotionFlags.IsConstant;
        }

        if (!x.ContainsAnyExcept(0f) && !y.ContainsAnyExcept(0f) && !z.ContainsAnyExcept(0f))
        {
            flags |= MotionFlags.IsZero;
        }

        if (measures.MeanMagnitude is < MinGravity or > MaxGravity)
        {
            flags |= MotionFlags.GravityImplausible;
        }

        return new MotionSummary(measures, flags);
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
