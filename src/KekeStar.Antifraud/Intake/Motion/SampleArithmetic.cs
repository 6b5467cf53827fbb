using System.Numerics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>Sums and lengths of samples, a vector of them at a time.</summary>
/// <remarks>
/// Loaded by reference: the bounds checks of slices cost as much as the arithmetic (MotionBenchmarks, docs/decisions/0023). Every
/// load is inside the lists by the loop's own condition; what is left at the end is taken by a last vector that overlaps the one before.
/// </remarks>
internal static class SampleArithmetic
{
    /// <summary>Sum of a list.</summary>
    internal static float Sum(ReadOnlySpan<float> values)
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += Vector.LoadUnsafe(ref source, (nuint)i);
        }

        var sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>Mean and population variance of a list that is not empty.</summary>
    /// <remarks>
    /// Taken from the first value on, so that gravity does not swallow the variance of a phone at rest, and that of equal values
    /// is 0 whatever the rounding.
    /// </remarks>
    internal static (float Mean, float Variance) Spread(ReadOnlySpan<float> values)
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        var sums = Vector<float>.Zero;
        var squares = Vector<float>.Zero;
        var origin = new Vector<float>(values[0]);
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = Vector.LoadUnsafe(ref source, (nuint)i) - origin;
            sums += value;
            squares = Vector.MultiplyAddEstimate(value, value, squares);
        }

        float sum = Vector.Sum(sums), square = Vector.Sum(squares);
        for (; i < values.Length; i++)
        {
            var value = values[i] - values[0];
            sum += value;
            square += value * value;
        }

        var mean = sum / values.Length;
        return (values[0] + mean, Math.Max(0, (square / values.Length) - (mean * mean)));
    }

    /// <summary>Lengths of the vectors.</summary>
    /// <param name="x">First components, at least as many as <paramref name="destination"/>; likewise the others.</param>
    /// <param name="y">Second components.</param>
    /// <param name="z">Third components.</param>
    /// <param name="destination">Receives the lengths; none of the other lists.</param>
    internal static void Lengths(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination)
    {
        var count = destination.Length;
        if (count < Vector<float>.Count)
        {
            for (var i = 0; i < count; i++)
            {
                destination[i] = MathF.Sqrt((x[i] * x[i]) + (y[i] * y[i]) + (z[i] * z[i]));
            }

            return;
        }

        ref var sourceX = ref MemoryMarshal.GetReference(x[..count]);
        ref var sourceY = ref MemoryMarshal.GetReference(y[..count]);
        ref var sourceZ = ref MemoryMarshal.GetReference(z[..count]);
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var at = (nuint)Math.Min(i, count - Vector<float>.Count);
            LengthOf(Vector.LoadUnsafe(ref sourceX, at), Vector.LoadUnsafe(ref sourceY, at), Vector.LoadUnsafe(ref sourceZ, at))
                .StoreUnsafe(ref MemoryMarshal.GetReference(destination), at);
        }
    }

    /// <summary>How far the vectors move within <paramref name="later"/> places.</summary>
    /// <param name="x">First components, <paramref name="later"/> more than <paramref name="destination"/> at least; likewise the others.</param>
    /// <param name="y">Second components.</param>
    /// <param name="z">Third components.</param>
    /// <param name="later">How many places.</param>
    /// <param name="destination">Receives the lengths of the differences; none of the other lists.</param>
    internal static void Changes(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, int later, Span<float> destination)
    {
        var count = destination.Length;
        if (count < Vector<float>.Count)
        {
            for (var i = 0; i < count; i++)
            {
                float changeX = x[i + later] - x[i], changeY = y[i + later] - y[i], changeZ = z[i + later] - z[i];
                destination[i] = MathF.Sqrt((changeX * changeX) + (changeY * changeY) + (changeZ * changeZ));
            }

            return;
        }

        ref var sourceX = ref MemoryMarshal.GetReference(x[..(count + later)]);
        ref var sourceY = ref MemoryMarshal.GetReference(y[..(count + later)]);
        ref var sourceZ = ref MemoryMarshal.GetReference(z[..(count + later)]);
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var at = (nuint)Math.Min(i, count - Vector<float>.Count);
            var to = at + (nuint)later;
            LengthOf(
                Vector.LoadUnsafe(ref sourceX, to) - Vector.LoadUnsafe(ref sourceX, at),
                Vector.LoadUnsafe(ref sourceY, to) - Vector.LoadUnsafe(ref sourceY, at),
                Vector.LoadUnsafe(ref sourceZ, to) - Vector.LoadUnsafe(ref sourceZ, at))
                .StoreUnsafe(ref MemoryMarshal.GetReference(destination), at);
        }
    }

    private static Vector<float> LengthOf(Vector<float> x, Vector<float> y, Vector<float> z) =>
        Vector.SquareRoot((x * x) + (y * y) + (z * z));
}
