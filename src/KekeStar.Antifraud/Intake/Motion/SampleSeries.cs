using System.Numerics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>A series of three-axis samples where it lies on the stack; the four lists have the same length.</summary>
internal readonly ref struct SampleSeries
{
    // The exponent that only infinities and what is no number have.
    private const int NotFinite = 0x7F80_0000;

    /// <summary>Makes a series.</summary>
    /// <param name="time">Time of each sample since the first, µs.</param>
    /// <param name="x">Values along the device's x axis.</param>
    /// <param name="y">Values along y.</param>
    /// <param name="z">Values along z.</param>
    internal SampleSeries(ReadOnlySpan<uint> time, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z)
    {
        Time = time;
        X = x;
        Y = y;
        Z = z;
    }

    /// <summary>Time of each sample since the first, µs.</summary>
    internal ReadOnlySpan<uint> Time { get; }

    /// <summary>Values along the device's x axis.</summary>
    internal ReadOnlySpan<float> X { get; }

    /// <summary>Values along y.</summary>
    internal ReadOnlySpan<float> Y { get; }

    /// <summary>Values along z.</summary>
    internal ReadOnlySpan<float> Z { get; }

    /// <summary>Number of samples.</summary>
    internal int Count => Time.Length;

    /// <summary>Mean time between samples, µs; 0 if time stands still or runs backwards from first to last.</summary>
    internal double MeanInterval => Count > 1 && Time[^1] > Time[0] ? (double)(Time[^1] - Time[0]) / (Count - 1) : 0;

    /// <summary>True if every value is a finite number: nothing else may ask a series anything before this was seen.</summary>
    internal bool IsFinite => AreFinite(X) && AreFinite(Y) && AreFinite(Z);

    /// <summary>True if no sample's time lies before that of the one in front of it.</summary>
    internal bool IsOrdered
    {
        get
        {
            var last = Count - 1;
            ref var time = ref MemoryMarshal.GetReference(Time);
            var i = 0;
            for (; i <= last - Vector<uint>.Count; i += Vector<uint>.Count)
            {
                if (Vector.LessThanAny(Vector.LoadUnsafe(ref time, (nuint)i + 1), Vector.LoadUnsafe(ref time, (nuint)i)))
                {
                    return false;
                }
            }

            for (; i < last; i++)
            {
                if (Time[i + 1] < Time[i])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>True if all samples are identical to the bit.</summary>
    internal bool IsConstant => IsConstantAxis(X) && IsConstantAxis(Y) && IsConstantAxis(Z);

    /// <summary>True if all values are 0, of either sign.</summary>
    internal bool IsZero => !X.ContainsAnyExcept(0f) && !Y.ContainsAnyExcept(0f) && !Z.ContainsAnyExcept(0f);

    /// <summary>The first samples of the series.</summary>
    internal SampleSeries First(int count) => count >= Count ? this : new(Time[..count], X[..count], Y[..count], Z[..count]);

    /// <summary>The values along one of the three axes.</summary>
    internal ReadOnlySpan<float> Axis(int index) => index == 0 ? X : index == 1 ? Y : Z;

    private static bool IsConstantAxis(ReadOnlySpan<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        return bits.IsEmpty || !bits.ContainsAnyExcept(bits[0]);
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        var exponent = new Vector<int>(NotFinite);
        ref var bits = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<float, int>(values));
        var found = Vector<int>.Zero;
        var i = 0;
        for (; i <= values.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            found |= Vector.Equals(Vector.LoadUnsafe(ref bits, (nuint)i) & exponent, exponent);
        }

        for (; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return false;
            }
        }

        return found == Vector<int>.Zero;
    }
}
