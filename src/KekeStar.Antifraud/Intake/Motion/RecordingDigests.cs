using System.Runtime.CompilerServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>
/// Finds the places of a recording by which it is known again when another device plays it: shifted, cut, turned another way,
/// or with a little noise added. As with the landmarks of recognised music (Wang 2003, "An Industrial-Strength Audio Search
/// Algorithm", ISMIR) nothing is measured from the recording's beginning, so that a part of it has a part of its places.
/// </summary>
internal static class RecordingDigests
{
    /// <summary>Most places of one recording: as many as an event has room for.</summary>
    internal const int MaxCount = EntitySlot.RecordingCount;

    // It takes two to know a recording again.
    private const int MinCount = 2;

    // Strides between two places: 40 ms. Without any distance 4 of 18 million pairs of generated recordings shared two
    // codes, with this one none; with 60 ms too few places are left of a recording of a second.
    private const int MinDistance = 2;

    /// <summary>Takes the codes of the most certain places.</summary>
    /// <param name="series">The accelerometer's series.</param>
    /// <param name="codes">Receives <see cref="RecordingAnchor.CodeLength"/> bytes each, at least <see cref="MaxCount"/> of them.</param>
    /// <returns>Number of codes; 0 for a recording with too little movement.</returns>
    [SkipLocalsInit]
    internal static int Take(in SampleSeries series, Span<byte> codes)
    {
        Span<float> workspace = stackalloc float[RecordingSignals.WorkspaceLength(IntakeLimits.MaxMotionSamples)];
        workspace = workspace[..RecordingSignals.WorkspaceLength(series.Count)];
        var count = 0;
        if (RecordingSignals.TryMake(series, workspace, out var signals))
        {
            Span<RecordingAnchor> best = stackalloc RecordingAnchor[MaxCount];
            FindExtrema(signals, signals.HeavyLengths, kind: 0, best, ref count);
            FindExtrema(signals, signals.HeavyChanges, kind: 2, best, ref count);
            count = count < MinCount ? 0 : count;
            for (var i = 0; i < count; i++)
            {
                best[i].CopyTo(codes[(i * RecordingAnchor.CodeLength)..]);
            }
        }

        // They are the samples, a little smoothed.
        workspace.Clear();
        return count;
    }

    private static void FindExtrema(
        in RecordingSignals signals, ReadOnlySpan<float> heavy, byte kind, Span<RecordingAnchor> best, ref int count)
    {
        // Half a sample of room for where the extremum lies, and one for what lies between two samples.
        var reach = (RecordingAnchor.HalfPoints * RecordingAnchor.PointStrides * signals.Stride) + 1;
        var start = Math.Max(1, reach - signals.HeavyStart);
        var end = Math.Min(heavy.Length - 1, signals.Lengths.Length - reach - 1 - signals.HeavyStart);
        var after = start < end ? heavy[start] - heavy[start - 1] : 0;
        for (var i = start; i < end; i++)
        {
            var before = after;
            after = heavy[i + 1] - heavy[i];
            var isTop = before > 0 && after <= 0;
            if (!isTop && !(before < 0 && after >= 0))
            {
                continue;
            }

            // Where the slope, which is known half-way between samples, passes through 0.
            var bend = MathF.Abs(after - before);
            if (!float.IsFinite(bend))
            {
                // Values that no sensor has, made to overflow.
                continue;
            }

            var place = signals.HeavyStart + i - 0.5f + (before / (before - after));

            // Once the list is full, what is no more certain than its last place cannot change it.
            var least = count == best.Length ? best[^1].Certainty : 0;
            Keep(RecordingAnchor.Take(signals, place, bend, (byte)(kind + (isTop ? 1 : 0)), least), MinDistance * signals.Stride, best, ref count);
        }
    }

    // The list is sorted, the most certain place first. Of two places that are near each other, which see nearly the same, the
    // more certain one is kept: two shared codes are to be worth twice what one is.
    private static void Keep(in RecordingAnchor anchor, float distance, Span<RecordingAnchor> best, ref int count)
    {
        // Not a number where the values around the place overflow.
        if (!(anchor.Certainty > 0))
        {
            return;
        }

        for (var i = 0; i < count; i++)
        {
            if (MathF.Abs(best[i].Place - anchor.Place) < distance)
            {
                if (best[i].Certainty >= anchor.Certainty)
                {
                    return;
                }

                best[(i + 1)..count].CopyTo(best[i..]);
                count--;
                i--;
            }
        }

        if (count == best.Length && anchor.Certainty <= best[^1].Certainty)
        {
            return;
        }

        count = Math.Min(count + 1, best.Length);
        var place = count - 1;
        for (; place > 0 && best[place - 1].Certainty < anchor.Certainty; place--)
        {
            best[place] = best[place - 1];
        }

        best[place] = anchor;
    }
}
