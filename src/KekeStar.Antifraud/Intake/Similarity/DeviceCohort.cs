using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Similarity;

/// <summary>
/// Says which devices one is like: those of its model, system build and app version, and among them those with like software.
/// </summary>
internal static class DeviceCohort
{
    private const int MaxLength = (IntakeLimits.MaxDescriptionBytes + 1) * 3;
    private const int BandPrefixLength = 1 + SoftwareSketch.BandLength;

    /// <summary>Fills the slots, once all pieces of the device were parsed.</summary>
    public static void Make(scoped ref DeviceProgress progress, ScoreEvent target)
    {
        // The cohort with room for a band in front of it.
        Span<byte> value = stackalloc byte[BandPrefixLength + MaxLength];
        value.Clear();
        var length = Join(ref progress, value[BandPrefixLength..]);
        value = value[..(BandPrefixLength + length)];
        if (!progress.Model.IsEmpty)
        {
            target.Pseudonymise(EntitySlot.Cohort, value[BandPrefixLength..]);
        }

        // Apple tells no app what else is installed: a list that claims to come from there is no evidence of anything.
        if (progress.Sketch.IsComplete && target.Platform != Platform.Ios)
        {
            SetSimilar(ref progress, value, target);
        }

        value.Clear();
    }

    // Zero bytes between the parts keep "a" + "bc" and "ab" + "c" apart. The destination is all zero.
    private static int Join(scoped ref DeviceProgress progress, scoped Span<byte> joined)
    {
        progress.Model.CopyTo(joined);
        var length = progress.Model.Length + 1;
        progress.OsBuild.CopyTo(joined[length..]);
        length += progress.OsBuild.Length + 1;
        progress.AppVersion.CopyTo(joined[length..]);
        return length + progress.AppVersion.Length;
    }

    // Of a phone that does not say its model the list is compared with those of others that do not: what is absent counts as empty.
    private static void SetSimilar(scoped ref DeviceProgress progress, scoped Span<byte> value, ScoreEvent target)
    {
        for (var band = 0; band < SoftwareSketch.Bands; band++)
        {
            value[0] = (byte)band;
            progress.Sketch.WriteBand(band, value[1..]);
            target.Entity(EntitySlot.Similar + band) = target.Keys.Current.Pseudonymise(EntityKind.Similar, value);
            if (target.Keys.Other is { } other)
            {
                progress.OtherSketch.WriteBand(band, value[1..]);
                target.OtherEntity(EntitySlot.Similar + band) = other.Pseudonymise(EntityKind.Similar, value);
            }
        }
    }
}
