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

    /// <summary>Mean, m/s².</summary>
    internal float Mean;

    /// <summary>Population variance, (m/s²)².</summary>
    internal float Variance;

    /// <summary>Steps from sample to sample that are not 0.</summary>
    internal int Changes;

    /// <summary>Smallest step that is not 0, m/s²; infinite if there is none.</summary>
    internal float SmallestStep;

    private SumTable _lagged;
    private PartTable _parts;

    /// <summary>Mean square of the steps, (m/s²)².</summary>
    internal readonly float StepPower => _lagged[0];

    /// <summary>Correlation of the steps with those <paramref name="lag"/> samples later, −1 to 1.</summary>
    internal readonly float StepCorrelation(int lag) => _lagged[lag] / _lagged[0];

    /// <summary>Mean square of the steps in one part of the series.</summary>
    internal readonly float PartPower(int part) => _parts[part];

    /// <summary>Measures an axis.</summary>
    /// <param name="values">The samples, at least <see cref="Parts"/> times 8.</param>
    /// <param name="steps">Receives the steps; one shorter than the samples.</param>
    internal static AxisMeasures Take(ReadOnlySpan<float> values, Span<float> steps)
    {
        var measures = default(AxisMeasures);
        measures.TakeSpread(values);
        measures.TakeSteps(values, steps);
        var part = steps.Length / Parts;
        var all = 0f;
        for (var i = 0; i < Parts; i++)
        {
            var own = i == Parts - 1 ? steps[(i * part)..] : steps.Slice(i * part, part);
            var power = Dot(own, own);
            all += power;
            measures._parts[i] = power / own.Length;
        }

        measures._lagged[0] = all / steps.Length;
        for (var lag = 1; lag <= MaxLag; lag++)
        {
            measures._lagged[lag] = Dot(steps[lag..], steps[..^lag]) / (steps.Length - lag);
        }

        return measures;
    }

    /// <summary>Sum of the products of two equally long lists.</summary>
    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
        }

        var sum = Vector.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private void TakeSpread(ReadOnlySpan<float> values)
    {
        var sums = Vector<float>.Zero;
        var squares = Vector<float>.Zero;

        // Taken from the first sample on, so that gravity does not swallow the variance of a phone at rest.
        var origin = new Vector<float>(values[0]);
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(values[i..]) - origin;
            sums += value;
            squares += value * value;
        }

        float sum = Vector.Sum(sums), square = Vector.Sum(squares);
        for (; i < values.Length; i++)
        {
            var value = values[i] - values[0];
            sum += value;
            square += value * value;
        }

        var mean = sum / values.Length;
        Mean = values[0] + mean;
        Variance = Math.Max(0, (square / values.Length) - (mean * mean));
    }

    private void TakeSteps(ReadOnlySpan<float> values, Span<float> steps)
    {
        var next = values[1..];
        var stills = Vector<int>.Zero;
        var smallest = new Vector<float>(float.PositiveInfinity);
        var i = 0;
        for (; i <= steps.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var step = new Vector<float>(next[i..]) - new Vector<float>(values[i..]);
            step.CopyTo(steps[i..]);
            var isStill = Vector.Equals(step, Vector<float>.Zero);
            stills += isStill;
            smallest = Vector.Min(smallest, Vector.ConditionalSelect(isStill, smallest, Vector.Abs(step)));
        }

        Changes = steps.Length + Vector.Sum(stills);
        SmallestStep = float.PositiveInfinity;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            SmallestStep = Math.Min(SmallestStep, smallest[lane]);
        }

        for (; i < steps.Length; i++)
        {
            steps[i] = next[i] - values[i];
            Changes -= steps[i] == 0 ? 1 : 0;
            SmallestStep = steps[i] == 0 ? SmallestStep : Math.Min(SmallestStep, Math.Abs(steps[i]));
        }
    }

    [InlineArray(MaxLag + 1)]
    private struct SumTable
    {
        private float _first;
    }

    [InlineArray(Parts)]
    private struct PartTable
    {
        private float _first;
    }
}
