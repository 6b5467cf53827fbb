using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>The rotation that a gyroscope saw, from the middle of the first quarter of its series to that of the last.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct RotationPath
{
    // Within so few samples a hand turns by less than a radian, and rotations that small may be added up as vectors.
    private const int Block = 8;

    /// <summary>Fewest samples of which a path is taken.</summary>
    private const int MinSamples = 32;

    private RotationPath(Quaternion turned, uint microseconds)
    {
        Turned = turned;
        Microseconds = microseconds;
        IsKnown = true;
    }

    /// <summary>False if the series is too short or its time stands still.</summary>
    internal bool IsKnown { get; }

    /// <summary>What turns a vector that rests in the room, as the device saw it at the start, into how it sees it at the end.</summary>
    internal Quaternion Turned { get; }

    /// <summary>Length of the whole series, µs.</summary>
    internal uint Microseconds { get; }

    /// <summary>Adds up a gyroscope's series, rad/s.</summary>
    [SkipLocalsInit]
    internal static RotationPath Take(in SampleSeries series)
    {
        var interval = series.MeanInterval;
        if (series.Count < MinSamples || interval == 0)
        {
            return default;
        }

        // Equal steps of time: the times of delivery, which is what an app notes down, come in bursts.
        var seconds = (float)(interval / 1e6);
        var turned = Quaternion.Identity;
        var end = series.Count - (series.Count / 8);
        for (var start = series.Count / 8; start < end; start += Block)
        {
            var sum = Vector3.Zero;
            for (var i = start; i < Math.Min(end, start + Block); i++)
            {
                sum += new Vector3(series.X[i], series.Y[i], series.Z[i]);
            }

            // The room turns against the device.
            var angle = sum.Length() * seconds;
            if (angle > 0)
            {
                turned = Quaternion.CreateFromAxisAngle(Vector3.Normalize(-sum), angle) * turned;
            }
        }

        return new RotationPath(turned, series.Time[^1] - series.Time[0]);
    }
}
