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
    /// Fewest samples to call a series constant: 16. Coarse sensors repeat a value now and then; 16 times in a row on three
    /// axes they do not.
    /// </summary>
    internal const int MinConstantSamples = 16;

    /// <summary>
    /// Least plausible mean magnitude of an accelerometer, m/s². At rest it reads 9.78 to 9.83 by latitude (WGS 84) and
    /// cheap sensors are off by up to 5 %; walking averages out to about that. Below 7 the phone would be falling for
    /// a good part of the series.
    /// </summary>
    internal const float MinGravity = 7;

    /// <summary>Greatest plausible mean magnitude of an accelerometer, m/s²: hard shaking over the whole series.</summary>
    internal const float MaxGravity = 13;

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
    /// <param name="whole">The series, of one sample or more, finite.</param>
    [SkipLocalsInit]
    internal static MotionFindings Analyse(in SampleSeries whole)
    {
        Span<float> magnitudes = stackalloc float[IntakeLimits.MaxMotionSamples];
        magnitudes = magnitudes[..whole.Count];
        SampleArithmetic.Lengths(whole.X, whole.Y, whole.Z, magnitudes);
        var findings = whole.Count < MinSamples ? OfFew(whole, magnitudes) : OfMany(whole, magnitudes);

        // They are the samples, but for their direction.
        magnitudes.Clear();
        return findings;
    }

    private static MotionFindings OfFew(in SampleSeries whole, ReadOnlySpan<float> magnitudes)
    {
        var mean = SampleArithmetic.Sum(magnitudes) / whole.Count;
        return new MotionFindings(OfValues(whole, mean), whole.Count, 0, double.NaN, default, default, 0);
    }

    [SkipLocalsInit]
    private static MotionFindings OfMany(in SampleSeries whole, ReadOnlySpan<float> magnitudes)
    {
        var series = whole.First(MaxSamples);
        var steps = series.Count - 1;
        var room = steps + AxisMeasures.Padding;
        Span<float> stepsOfAll = stackalloc float[3 * (MaxSamples - 1 + AxisMeasures.Padding)];
        stepsOfAll = stepsOfAll[..(3 * room)];
        Span<AxisMeasures> axes = stackalloc AxisMeasures[3];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            axes[axis] = AxisMeasures.Take(series.Axis(axis), stepsOfAll.Slice(axis * room, room));
        }

        var (mean, magnitudeVariance) = SampleArithmetic.Spread(magnitudes);
        var interval = whole.IsOrdered ? series.MeanInterval : 0;
        var criteria = MotionCriteria.Judged | OfValues(whole, mean) | OfAxes(axes, steps) | OfNoise(axes, stepsOfAll, steps, interval);
        if (interval < MinPlausibleInterval)
        {
            criteria |= MotionCriteria.ImplausibleTime;
        }

        if ((criteria & MotionCriteria.Still) == 0)
        {
            criteria |= OfMovement(series, axes, stepsOfAll, interval);
        }

        var findings = new MotionFindings(
            criteria,
            whole.Count,
            magnitudeVariance,
            TremorBand.Share(magnitudes[..series.Count], interval),
            MeanOf(whole, 0, whole.Count / 4),
            MeanOf(whole, whole.Count - (whole.Count / 4), whole.Count),
            interval == 0 ? 0 : whole.Time[^1] - whole.Time[0]);
        stepsOfAll.Clear();
        return findings;
    }

    private static MotionCriteria OfValues(in SampleSeries whole, float meanMagnitude) =>
        (whole.Count >= MinConstantSamples && whole.IsConstant ? MotionCriteria.Constant : 0)
        | (whole.IsZero ? MotionCriteria.Zero : 0)
        | (meanMagnitude is < MinGravity or > MaxGravity ? MotionCriteria.GravityImplausible : 0);

    private static MotionCriteria OfMovement(
        in SampleSeries series, ReadOnlySpan<AxisMeasures> axes, ReadOnlySpan<float> stepsOfAll, double interval)
    {
        var steps = series.Count - 1;
        var isNoiseless = interval is 0 or >= MinInterval && MovesOn(axes, steps)
            && Smoothness.Share(stepsOfAll, steps, NoiselessDifference) > MaxNoiselessShare;
        var variance = axes[0].Variance + axes[1].Variance + axes[2].Variance;
        return (isNoiseless ? MotionCriteria.Noiseless : 0)
            | (Periodicity.Repeats(series, variance, MaxPeriodicDifference) ? MotionCriteria.Periodic : 0);
    }

    private static MotionCriteria OfAxes(ReadOnlySpan<AxisMeasures> axes, int steps)
    {
        bool isStill = true, isMoved = false, isDead = false, isCoarse = true;
        foreach (ref readonly var axis in axes)
        {
            isStill &= axis.Variance <= MaxStillDeviation * MaxStillDeviation;
            isMoved |= axis.Variance >= MinMovedDeviation * MinMovedDeviation;
            isDead |= axis.Changes == 0 && Math.Abs(axis.Mean) < MaxDeadMean;
            isCoarse &= !axis.HasFineStep;
        }

        return (isStill ? MotionCriteria.Still : 0)
            | (isDead && isMoved ? MotionCriteria.DeadAxis : 0)
            | (isCoarse && MovesOn(axes, steps) ? MotionCriteria.Coarse : 0);
    }

    private static bool MovesOn(ReadOnlySpan<AxisMeasures> axes, int steps) =>
        Math.Max(axes[0].Changes, Math.Max(axes[1].Changes, axes[2].Changes)) * MovingShare >= steps;

    private static MotionCriteria OfNoise(
        ReadOnlySpan<AxisMeasures> axes, ReadOnlySpan<float> stepsOfAll, int steps, double interval)
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
        var room = stepsOfAll.Length / axes.Length;
        for (var axis = 0; axis < axes.Length; axis++)
        {
            if (axes[axis].StepPower * 30 >= power)
            {
                noisy++;
                axes[axis].AddCorrelations(stepsOfAll.Slice(axis * room, room), steps, correlations);
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

    private static Vector3 MeanOf(in SampleSeries series, int start, int end) =>
        new Vector3(
            SampleArithmetic.Sum(series.X[start..end]), SampleArithmetic.Sum(series.Y[start..end]), SampleArithmetic.Sum(series.Z[start..end]))
        / (end - start);
}
