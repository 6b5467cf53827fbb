using System.Numerics;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>How much of a moving series has no sensor noise on it at all.</summary>
internal static class Smoothness
{
    /// <summary>
    /// Share of the places, 0 to 1, where the fourth difference of every axis is smaller than <paramref name="floor"/>. White
    /// noise of standard deviation s has fourth differences of s·√70 (the sum of the squared binomial coefficients of 4).
    /// </summary>
    /// <param name="steps">The steps along x, y and z, one list behind the other.</param>
    /// <param name="count">Steps of each axis, at least 4.</param>
    /// <param name="floor">The bound, m/s².</param>
    internal static float Share(ReadOnlySpan<float> steps, int count, float floor)
    {
        var bound = new Vector<float>(floor);
        var places = count - 3;
        var hits = Vector<int>.Zero;
        var x = steps[..count];
        var y = steps.Slice(count, count);
        var z = steps.Slice(2 * count, count);
        var i = 0;
        for (; i <= places - Vector<float>.Count; i += Vector<float>.Count)
        {
            hits -= Vector.LessThan(Fourth(x, i), bound) & Vector.LessThan(Fourth(y, i), bound) & Vector.LessThan(Fourth(z, i), bound);
        }

        var sum = Vector.Sum(hits);
        for (; i < places; i++)
        {
            sum += FourthAt(x, i) < floor && FourthAt(y, i) < floor && FourthAt(z, i) < floor ? 1 : 0;
        }

        return (float)sum / places;
    }

    // The third difference of the steps.
    private static Vector<float> Fourth(ReadOnlySpan<float> steps, int i) =>
        Vector.Abs(
            new Vector<float>(steps[(i + 3)..]) - new Vector<float>(steps[i..])
            - (new Vector<float>(3) * (new Vector<float>(steps[(i + 2)..]) - new Vector<float>(steps[(i + 1)..]))));

    private static float FourthAt(ReadOnlySpan<float> steps, int i) =>
        Math.Abs(steps[i + 3] - steps[i] - (3 * (steps[i + 2] - steps[i + 1])));
}
