using System.Numerics;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consistency;

namespace KekeStar.Antifraud.Features;

/// <summary>The features that say how the signals of an event agree with each other: one for each <see cref="SignalCheck"/>.</summary>
internal static class CheckFeatures
{
    // All but the country of a card, which differs from the address's for everybody who travels.
    private const ulong Counted = ((1ul << Checks) - 1) & ~(1ul << (int)SignalCheck.SimCountry);
    private const int Checks = (int)SignalCheck.SimCountry + 1;

    /// <summary>Largest value of consistency.violations.</summary>
    public const int Violations = Checks - 1;

    /// <summary>The feature of a check.</summary>
    public static SingleFeature Of(SignalCheck check) => check switch
    {
        SignalCheck.PlatformIdentifiers => SingleFeature.DevicePlatformConflict,
        SignalCheck.SimCountry => SingleFeature.NetworkSimCountryDiffers,
        _ => SingleFeature.ConsistencyTacBrand + (int)check,
    };

    /// <summary>Sets them; a check that could not be made stays unknown.</summary>
    public static void Add(ScoreEvent scoreEvent, FeatureVector features)
    {
        for (var known = scoreEvent.ChecksKnown; known != 0; known &= known - 1)
        {
            var check = BitOperations.TrailingZeroCount(known);
            features.Set(FeatureCatalogue.Index(Of((SignalCheck)check)), (scoreEvent.ChecksViolated >> check) & 1);
        }

        features.Set(
            FeatureCatalogue.Index(SingleFeature.ConsistencyViolations), BitOperations.PopCount(scoreEvent.ChecksViolated & Counted));
    }
}
