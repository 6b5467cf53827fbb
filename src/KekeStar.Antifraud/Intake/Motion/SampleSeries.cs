namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>A series of three-axis samples where it lies on the stack; the four lists have the same length.</summary>
internal readonly ref struct SampleSeries
{
    /// <summary>Makes a series of valid, finite samples.</summary>
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

    /// <summary>The first samples of the series.</summary>
    internal SampleSeries First(int count) => count >= Count ? this : new(Time[..count], X[..count], Y[..count], Z[..count]);

    /// <summary>The values along one of the three axes.</summary>
    internal ReadOnlySpan<float> Axis(int index) => index == 0 ? X : index == 1 ? Y : Z;
}
