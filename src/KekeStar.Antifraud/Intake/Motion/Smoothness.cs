using System.Numerics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>How much of a moving series has no sensor noise on it at all.</summary>
internal static class Smoothness
{
    /// <summary>
    /// Share of the places, 0 to 1, where the fourth difference of every axis is smaller than <paramref name="floor"/>. White
    /// noise of standard deviation s has fourth differences of s·√70 (the sum of the squared binomial coefficients of 4).
    /// </summary>
    /// <param name="steps">
    /// The steps along x, y and z, one list behind the other, equally long and each with the <see cref="AxisMeasures.Padding"/>.
    /// </param>
    /// <param name="count">Steps of each axis, at least 4.</param>
    /// <param name="floor">The bound, m/s².</param>
    internal static float Share(ReadOnlySpan<float> steps, int count, float floor)
    {
        var room = steps.Length / 3;
        ref var x = ref MemoryMarshal.GetReference(steps[..(count + AxisMeasures.Padding)]);
        ref var y = ref MemoryMarshal.GetReference(steps.Slice(room, count + AxisMeasures.Padding));
        ref var z = ref MemoryMarshal.GetReference(steps.Slice(2 * room, count + AxisMeasures.Padding));
        var bound = new Vector<float>(floor);
        var places = count - 3;
        var hits = Vector<int>.Zero;
        for (var i = 0; i < places; i += Vector<float>.Count)
        {
            hits -= Vector.LessThan(Fourth(ref x, i), bound) & Vector.LessThan(Fourth(ref y, i), bound)
                & Vector.LessThan(Fourth(ref z, i), bound) & Vector.LessThan(Vector<int>.Indices, new Vector<int>(places - i));
        }

        return (float)Vector.Sum(hits) / places;
    }

    // The third difference of the steps.
    private static Vector<float> Fourth(ref float steps, int i) =>
        Vector.Abs(
            Vector.LoadUnsafe(ref steps, (nuint)i + 3) - Vector.LoadUnsafe(ref steps, (nuint)i)
            - (new Vector<float>(3) * (Vector.LoadUnsafe(ref steps, (nuint)i + 2) - Vector.LoadUnsafe(ref steps, (nuint)i + 1))));
}
