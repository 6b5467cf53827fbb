using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>What the analysis wants to know of one axis: its spread, and how its steps from sample to sample hang together.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct AxisMeasures
{
    /// <summary>Greatest lag at which steps are compared with each other.</summary>
    internal const int MaxLag = 8;

    /// <summary>Parts of the series whose steps are compared, to tell steady noise from a tap.</summary>
    internal const int Parts = 4;

    /// <summary>
    /// Zeros that must lie behind the steps: then a step is loaded together with those after it, a vector of at most 16 at a
    /// time, without asking where the list ends, and what lies behind it adds nothing to any sum of products.
    /// </summary>
    internal const int Padding = MaxLag + 16;

    /// <summary>Mean, m/s².</summary>
    internal float Mean;

    /// <summary>Population variance, (m/s²)².</summary>
    internal float Variance;

    /// <summary>Steps from sample to sample that are not 0.</summary>
    internal int Changes;

    /// <summary>True if a step that is not 0 is smaller than <see cref="MotionAnalysis.MinCoarseStep"/>.</summary>
    internal bool HasFineStep;

    /// <summary>Mean square of the steps, (m/s²)².</summary>
    internal float StepPower;

    private PartTable _parts;

    /// <summary>Mean square of the steps in one part of the series.</summary>
    internal readonly float PartPower(int part) => _parts[part];

    /// <summary>Measures an axis.</summary>
    /// <param name="values">The samples, at least <see cref="Parts"/> times 8.</param>
    /// <param name="steps">Receives the steps, one fewer than the samples, and the <see cref="Padding"/> behind them.</param>
    internal static AxisMeasures Take(ReadOnlySpan<float> values, Span<float> steps)
    {
        var measures = default(AxisMeasures);
        (measures.Mean, measures.Variance) = SampleArithmetic.Spread(values);
        var count = values.Length - 1;
        measures.TakeSteps(values, steps[..count]);
        steps[count..].Clear();
        var part = count / Parts;
        var all = 0f;
        for (var i = 0; i < Parts; i++)
        {
            var end = i == Parts - 1 ? count : (i + 1) * part;
            var power = Power(steps, i * part, end);
            all += power;
            measures._parts[i] = power / (end - (i * part));
        }

        measures.StepPower = all / count;
        return measures;
    }

    /// <summary>Adds the correlations of the steps with those some samples later, −1 to 1, up to a lag of <see cref="MaxLag"/>.</summary>
    /// <param name="steps">The steps and the <see cref="Padding"/> behind them.</param>
    /// <param name="count">How many steps.</param>
    /// <param name="correlations">By lag; receives them.</param>
    internal readonly void AddCorrelations(ReadOnlySpan<float> steps, int count, Span<float> correlations)
    {
        AddCorrelations(steps, count, 1, correlations);
        AddCorrelations(steps, count, 1 + (MaxLag / 2), correlations);
    }

    // Four lags at a time, so that no sum waits for itself.
    private readonly void AddCorrelations(ReadOnlySpan<float> steps, int count, int lag, Span<float> correlations)
    {
        ref var source = ref MemoryMarshal.GetReference(steps[..(count + Padding)]);
        Vector<float> one = default, two = default, three = default, four = default;
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var own = Vector.LoadUnsafe(ref source, (nuint)i);
            one = Vector.MultiplyAddEstimate(own, Vector.LoadUnsafe(ref source, (nuint)(i + lag)), one);
            two = Vector.MultiplyAddEstimate(own, Vector.LoadUnsafe(ref source, (nuint)(i + lag + 1)), two);
            three = Vector.MultiplyAddEstimate(own, Vector.LoadUnsafe(ref source, (nuint)(i + lag + 2)), three);
            four = Vector.MultiplyAddEstimate(own, Vector.LoadUnsafe(ref source, (nuint)(i + lag + 3)), four);
        }

        correlations[lag] += Vector.Sum(one) / (count - lag) / StepPower;
        correlations[lag + 1] += Vector.Sum(two) / (count - lag - 1) / StepPower;
        correlations[lag + 2] += Vector.Sum(three) / (count - lag - 2) / StepPower;
        correlations[lag + 3] += Vector.Sum(four) / (count - lag - 3) / StepPower;
    }

    private static float Power(ReadOnlySpan<float> steps, int start, int end)
    {
        ref var source = ref MemoryMarshal.GetReference(steps[..(end + Vector<float>.Count)]);
        var sums = Vector<float>.Zero;
        var i = start;
        for (; i <= end - Vector<float>.Count; i += Vector<float>.Count)
        {
            var step = Vector.LoadUnsafe(ref source, (nuint)i);
            sums = Vector.MultiplyAddEstimate(step, step, sums);
        }

        // The next part's steps, which the last vector also holds, count there.
        var isOwn = Vector.LessThan(Vector<int>.Indices, new Vector<int>(end - i));
        var last = Vector.ConditionalSelect(isOwn, Vector.LoadUnsafe(ref source, (nuint)i), Vector<float>.Zero);
        return Vector.Sum(Vector.MultiplyAddEstimate(last, last, sums));
    }

    private void TakeSteps(ReadOnlySpan<float> values, Span<float> steps)
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var destination = ref MemoryMarshal.GetReference(steps);
        var coarse = new Vector<float>(MotionAnalysis.MinCoarseStep);
        var stills = Vector<int>.Zero;
        var fine = Vector<int>.Zero;
        for (var i = 0; i < steps.Length; i += Vector<float>.Count)
        {
            var at = Math.Min(i, steps.Length - Vector<float>.Count);
            var step = Vector.LoadUnsafe(ref source, (nuint)at + 1) - Vector.LoadUnsafe(ref source, (nuint)at);
            step.StoreUnsafe(ref destination, (nuint)at);

            // Of the last vector, what the one before it had too is not counted again.
            var isStill = Vector.Equals(step, Vector<float>.Zero);
            stills += isStill & Vector.GreaterThanOrEqual(Vector<int>.Indices, new Vector<int>(i - at));
            fine |= Vector.AndNot(Vector.LessThan(Vector.Abs(step), coarse), isStill);
        }

        Changes = steps.Length + Vector.Sum(stills);
        HasFineStep = fine != Vector<int>.Zero;
    }

    [InlineArray(Parts)]
    private struct PartTable
    {
        private float _first;
    }
}
