using System.Numerics;
using System.Runtime.CompilerServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>
/// Judges whether a person's phone or a program gave an accelerometer's series. Each criterion asks for what physics or a
/// sensor makes impossible; none asks whether there is movement, for a phone on a table has none.
/// </summary>
/// <remarks>Allocates nothing. All constants were set on the tuning half of the recordings in docs/motion.md.</remarks>
internal static class MotionAnalysis
{
    /// <summary>Fewest samples that are judged: 32. Of fewer, chance gives anything.</summary>
    internal const int MinSamples = 32;

    /// <summary>
    /// Fewest samples of which steps are compared with each other: 48 for white noise, 96 for a random walk, which people's
    /// movements resemble over shorter times (8 of 958 recordings at 64 samples, none at 128).
    /// </summary>
    internal const int MinWhiteSamples = 48;

    /// <summary>The same for a random walk.</summary>
    internal const int MinWalkSamples = 96;

    /// <summary>Most samples that are looked at, the first ones: 256, 2.5 to 5 s, for the time that comparing all lags takes.</summary>
    internal const int MaxSamples = 256;

    /// <summary>
    /// Greatest share of the variance that a repeating series may leave: 0.1. A sine with a tenth of its variance as noise
    /// has that; the most regular of 958 recordings of people left 0.40.
    /// </summary>
    internal const float MaxPeriodicDifference = 0.1f;

    /// <summary>
    /// Least standard deviation of steady white noise that no sensor has: 0.12 m/s². An accelerometer with 120 µg/√Hz, as the
    /// Bosch BMA280 has, gives 0.01 m/s² over 50 Hz; cheap ones have some times as much, and a table that a motor shakes
    /// adds to it.
    /// </summary>
    internal const float MinWhiteDeviation = 0.12f;

    /// <summary>Least root mean square of a random walk's steps, m/s²: below it the sensor's own noise would cover it.</summary>
    internal const float MinWalkStep = 0.03f;

    /// <summary>
    /// How much stronger the strongest quarter's steps may be than the weakest's, in power, for noise to be called steady:
    /// 2.7. 128 samples of noise reach 2.3 once in 200; people tap, turn and walk, and half of their recordings exceed 9.
    /// </summary>
    internal const float MaxUnsteadiness = 2.7f;

    /// <summary>The same for a random walk: 2.1. People's movements come nearer to it than to white noise.</summary>
    internal const float MaxWalkUnsteadiness = 2.1f;

    /// <summary>
    /// Lags up to which steps are compared with those of white noise: 5. A random walk's are compared up to
    /// <see cref="AxisMeasures.MaxLag"/>.
    /// </summary>
    internal const int WhiteLags = 5;

    /// <summary>Multiple of a correlation's standard error, 1/√n, within which it counts as that of white noise.</summary>
    internal const float CorrelationErrors = 4.4f;

    /// <summary>The same for a random walk.</summary>
    internal const float WalkCorrelationErrors = 3.6f;

    /// <summary>The widest that bound becomes for few samples.</summary>
    internal const float MaxCorrelationError = 0.3f;

    /// <summary>
    /// Fourth difference, m/s², below which a place counts as without noise: 0.003. The least noise of a sensor, 0.003 m/s²,
    /// has 0.025.
    /// </summary>
    internal const float NoiselessDifference = 0.003f;

    /// <summary>Share of places without noise that only a formula has: 0.3. Of people's recordings none exceeded 0.02.</summary>
    internal const float MaxNoiselessShare = 0.3f;

    /// <summary>
    /// Least smallest step, m/s²: 0.25. Coarsest were 8-bit sensors with a range of 2 g (Bosch BMA222E: 64 steps to the g, 0.15 m/s²).
    /// </summary>
    internal const float MinCoarseStep = 0.25f;

    /// <summary>Largest standard deviation of each axis, m/s², with which a device lies still.</summary>
    internal const float MaxStillDeviation = 0.06f;

    /// <summary>Least standard deviation, m/s², of an axis that moves while another one is dead.</summary>
    internal const float MinMovedDeviation = 0.3f;

    // Beyond it an axis may stand at the end of its range of 2 g.
    private const float MaxDeadMean = 15;

    // A series that moves on in at least half of its samples; a coarse sensor at rest does not.
    private const int MovingShare = 2;

    // Rates between which steps are judged: 250 Hz, where a sensor's low-pass filter begins to smooth its own noise, and
    // 40 Hz, where people's own movement begins to look like noise.
    private const double MinInterval = 4_000;
    private const double MaxInterval = 25_000;

    // The fastest that a phone's accelerometer is read: 4 kHz.
    private const double MinPlausibleInterval = 250;

    /// <summary>Analyses a series.</summary>
    [SkipLocalsInit]
    internal static MotionFindings Analyse(in SampleSeries whole)
    {
        if (whole.Count < MinSamples)
        {
            return new MotionFindings(MotionCriteria.None, double.NaN, default, default, 0);
        }

        var series = whole.First(MaxSamples);
        var steps = series.Count - 1;
        Span<float> stepsOfAll = stackalloc float[3 * (MaxSamples - 1)];
        stepsOfAll = stepsOfAll[..(3 * steps)];
        Span<AxisMeasures> axes = stackalloc AxisMeasures[3];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            axes[axis] = AxisMeasures.Take(series.Axis(axis), stepsOfAll.Slice(axis * steps, steps));
        }

        var interval = IsOrdered(whole.Time) ? series.MeanInterval : 0;
        var criteria = MotionCriteria.Judged | OfAxes(axes, steps) | OfNoise(axes, steps, interval);
        if (interval < MinPlausibleInterval)
        {
            criteria |= MotionCriteria.ImplausibleTime;
        }

        var variance = axes[0].Variance + axes[1].Variance + axes[2].Variance;
        if ((criteria & MotionCriteria.Still) == 0)
        {
            if (interval is 0 or >= MinInterval && Smoothness.Share(stepsOfAll, steps, NoiselessDifference) > MaxNoiselessShare
                && MovesOn(axes, steps))
            {
                criteria |= MotionCriteria.Noiseless;
            }

            if (Periodicity.SmallestDifference(series, variance) < MaxPeriodicDifference)
            {
                criteria |= MotionCriteria.Periodic;
            }
        }

        return new MotionFindings(
            criteria,
            TremorShare(series, interval),
            MeanOf(whole, 0, whole.Count / 4),
            MeanOf(whole, whole.Count - (whole.Count / 4), whole.Count),
            interval == 0 ? 0 : whole.Time[^1] - whole.Time[0]);
    }

    private static MotionCriteria OfAxes(ReadOnlySpan<AxisMeasures> axes, int steps)
    {
        bool isStill = true, isMoved = false, isDead = false, isCoarse = true;
        foreach (ref readonly var axis in axes)
        {
            isStill &= axis.Variance <= MaxStillDeviation * MaxStillDeviation;
            isMoved |= axis.Variance >= MinMovedDeviation * MinMovedDeviation;
            isDead |= axis.Changes == 0 && Math.Abs(axis.Mean) < MaxDeadMean;
            isCoarse &= axis.Changes == 0 || axis.SmallestStep >= MinCoarseStep;
        }

        return (isStill ? MotionCriteria.Still : 0)
            | (isDead && isMoved ? MotionCriteria.DeadAxis : 0)
            | (isCoarse && MovesOn(axes, steps) ? MotionCriteria.Coarse : 0);
    }

    private static bool MovesOn(ReadOnlySpan<AxisMeasures> axes, int steps) =>
        Math.Max(axes[0].Changes, Math.Max(axes[1].Changes, axes[2].Changes)) * MovingShare >= steps;

    private static MotionCriteria OfNoise(ReadOnlySpan<AxisMeasures> axes, int steps, double interval)
    {
        if (interval is < MinInterval or > MaxInterval || steps < MinWhiteSamples - 1)
        {
            return 0;
        }

        var power = axes[0].StepPower + axes[1].StepPower + axes[2].StepPower;
        float weakest = float.PositiveInfinity, strongest = 0;
        for (var part = 0; part < AxisMeasures.Parts; part++)
        {
            var own = axes[0].PartPower(part) + axes[1].PartPower(part) + axes[2].PartPower(part);
            weakest = Math.Min(weakest, own);
            strongest = Math.Max(strongest, own);
        }

        if (strongest > MaxUnsteadiness * weakest)
        {
            return 0;
        }

        // Each axis that shares in the noise has a say of its own, so that a strong one does not speak for all.
        Span<float> correlations = stackalloc float[AxisMeasures.MaxLag + 1];
        correlations.Clear();
        var noisy = 0;
        foreach (ref readonly var axis in axes)
        {
            if (axis.StepPower * 30 >= power)
            {
                noisy++;
                for (var lag = 1; lag < correlations.Length; lag++)
                {
                    correlations[lag] += axis.StepCorrelation(lag);
                }
            }
        }

        var error = 1 / MathF.Sqrt(noisy * steps);
        var fromWhite = Math.Abs((correlations[1] / noisy) + 0.5f);
        var fromWalk = Math.Abs(correlations[1] / noisy);
        for (var lag = 2; lag < correlations.Length; lag++)
        {
            var distance = Math.Abs(correlations[lag] / noisy);
            fromWhite = lag <= WhiteLags ? Math.Max(fromWhite, distance) : fromWhite;
            fromWalk = Math.Max(fromWalk, distance);
        }

        // The steps of white noise have twice its variance.
        var stepPower = power / noisy;
        if (fromWhite < Math.Min(MaxCorrelationError, CorrelationErrors * error) && stepPower >= 2 * MinWhiteDeviation * MinWhiteDeviation)
        {
            return MotionCriteria.White;
        }

        return fromWalk < Math.Min(MaxCorrelationError, WalkCorrelationErrors * error) && stepPower >= MinWalkStep * MinWalkStep
            && steps >= MinWalkSamples - 1 && strongest <= MaxWalkUnsteadiness * weakest
            ? MotionCriteria.RandomWalk
            : 0;
    }

    private static bool IsOrdered(ReadOnlySpan<uint> time)
    {
        for (var i = 1; i < time.Length; i++)
        {
            if (time[i] < time[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static Vector3 MeanOf(in SampleSeries series, int start, int end)
    {
        var sum = Vector3.Zero;
        for (var i = start; i < end; i++)
        {
            sum += new Vector3(series.X[i], series.Y[i], series.Z[i]);
        }

        return sum / (end - start);
    }

    [SkipLocalsInit]
    private static double TremorShare(in SampleSeries series, double interval)
    {
        Span<float> magnitudes = stackalloc float[MaxSamples];
        magnitudes = magnitudes[..series.Count];
        Magnitudes(series.X, series.Y, series.Z, magnitudes);
        return TremorBand.Share(magnitudes, interval);
    }

    /// <summary>Lengths of the vectors.</summary>
    internal static void Magnitudes(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination)
    {
        var i = 0;
        for (; i <= destination.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var vectorX = new Vector<float>(x[i..]);
            var vectorY = new Vector<float>(y[i..]);
            var vectorZ = new Vector<float>(z[i..]);
            Vector.SquareRoot((vectorX * vectorX) + (vectorY * vectorY) + (vectorZ * vectorZ)).CopyTo(destination[i..]);
        }

        for (; i < destination.Length; i++)
        {
            destination[i] = MathF.Sqrt((x[i] * x[i]) + (y[i] * y[i]) + (z[i] * z[i]));
        }
    }
}
