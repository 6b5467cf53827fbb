using System.Numerics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>
/// What the digests are taken from: two lists that do not depend on how the device is turned, the length of the
/// acceleration and how far it changes within 80 ms, and both once more so smooth that their extrema stay where they are.
/// </summary>
internal readonly ref struct RecordingSignals
{
    /// <summary>The stride that stands for 20 ms, samples.</summary>
    internal const double StrideMicroseconds = 20_000;

    // Strides to either side over which the change is taken.
    private const int ChangeStrides = 2;

    // Width of the light and of the heavy smoothing, strides; each is done twice and made odd.
    private const int LightStrides = 2;
    private const int HeavyStrides = 3;

    /// <summary>Floats of workspace that a series of <paramref name="count"/> samples needs.</summary>
    internal static int WorkspaceLength(int count) => 8 * count;

    /// <summary>Lengths of the lightly smoothed vectors, m/s².</summary>
    internal ReadOnlySpan<float> Lengths { get; private init; }

    /// <summary>Changes of the lightly smoothed vectors, m/s²; the same places as <see cref="Lengths"/>.</summary>
    internal ReadOnlySpan<float> Changes { get; private init; }

    /// <summary>The lengths again, heavily smoothed; place 0 is place <see cref="HeavyStart"/> of the others.</summary>
    internal ReadOnlySpan<float> HeavyLengths { get; private init; }

    /// <summary>The changes again, heavily smoothed.</summary>
    internal ReadOnlySpan<float> HeavyChanges { get; private init; }

    /// <summary>Where the heavily smoothed lists begin.</summary>
    internal int HeavyStart { get; private init; }

    /// <summary>Samples in 20 ms, rounded, at least 1.</summary>
    internal int Stride { get; private init; }

    /// <summary>Makes the lists of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="workspace">Where they are written, at least <see cref="WorkspaceLength"/>.</param>
    /// <param name="signals">The lists.</param>
    /// <returns>False if the series is too short for a single place, or its time stands still.</returns>
    /// <remarks>
    /// Places are counted in samples: whoever plays a recording through a hooked sensor plays it sample by sample, at times
    /// that are the player's own. The times only say how many samples make 20 ms.
    /// </remarks>
    internal static bool TryMake(in SampleSeries series, Span<float> workspace, out RecordingSignals signals)
    {
        signals = default;
        var interval = series.MeanInterval;
        if (interval == 0)
        {
            return false;
        }

        var stride = (int)Math.Clamp(Math.Round(StrideMicroseconds / interval), 1, series.Count);
        var light = (LightStrides * stride) | 1;
        var heavy = (HeavyStrides * stride) | 1;
        var reach = ChangeStrides * stride;
        var smoothed = series.Count - (2 * (light - 1));
        var places = smoothed - (2 * reach);
        if (places - (2 * (heavy - 1)) < 3)
        {
            return false;
        }

        var count = series.Count;
        var scratch = workspace[..count];
        var x = workspace.Slice(count, count);
        var y = workspace.Slice(2 * count, count);
        var z = workspace.Slice(3 * count, count);
        SmoothTwice(series.X, x, scratch, light);
        SmoothTwice(series.Y, y, scratch, light);
        SmoothTwice(series.Z, z, scratch, light);
        var lengths = workspace.Slice(4 * count, places);
        var changes = workspace.Slice(5 * count, places);
        SampleArithmetic.Lengths(x.Slice(reach, places), y.Slice(reach, places), z.Slice(reach, places), lengths);
        SampleArithmetic.Changes(x, y, z, 2 * reach, changes);
        var heavyLengths = workspace.Slice(6 * count, places);
        var heavyChanges = workspace.Slice(7 * count, places);
        var left = SmoothTwice(lengths, heavyLengths, scratch, heavy);
        SmoothTwice(changes, heavyChanges, scratch, heavy);
        signals = new RecordingSignals
        {
            Stride = stride,
            HeavyStart = heavy - 1,
            Lengths = lengths,
            Changes = changes,
            HeavyLengths = heavyLengths[..left],
            HeavyChanges = heavyChanges[..left],
        };
        return true;
    }

    private static int SmoothTwice(ReadOnlySpan<float> source, Span<float> destination, Span<float> scratch, int width)
    {
        var once = Smooth(source, scratch, width);
        return Smooth(scratch[..once], destination, width);
    }

    /// <summary>The moving mean over <paramref name="width"/> values; as many values fewer, less one.</summary>
    private static int Smooth(ReadOnlySpan<float> source, Span<float> destination, int width)
    {
        var count = source.Length - width + 1;
        var share = 1f / width;
        if (count < Vector<float>.Count)
        {
            for (var i = 0; i < count; i++)
            {
                var sum = 0f;
                for (var j = 0; j < width; j++)
                {
                    sum += source[i + j];
                }

                destination[i] = sum * share;
            }

            return count;
        }

        // By reference and with a last vector that overlaps the one before, as in SampleArithmetic.
        ref var values = ref MemoryMarshal.GetReference(source);
        ref var means = ref MemoryMarshal.GetReference(destination[..count]);
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var at = Math.Min(i, count - Vector<float>.Count);
            var sum = Vector.LoadUnsafe(ref values, (nuint)at);
            for (var j = 1; j < width; j++)
            {
                sum += Vector.LoadUnsafe(ref values, (nuint)(at + j));
            }

            (sum * share).StoreUnsafe(ref means, (nuint)at);
        }

        return count;
    }
}
