using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Features;

/// <summary>The features that tell somebody else from an account's owner: what of installation, SIM card and place is new.</summary>
internal static class TheftFeatures
{
    /// <summary>Sets what the address tells by itself.</summary>
    public static void AddAddress(ScoreEvent scoreEvent, FeatureVector features)
    {
        var address = scoreEvent.Address;
        features.Set(FeatureCatalogue.Index(SingleFeature.IpCountryKnown), address.Country.IsKnown ? 1 : 0);
        if (address.Asn != 0)
        {
            features.Set(FeatureCatalogue.Index(SingleFeature.IpHosting), address.IsHosting ? 1 : 0);
        }
    }

    /// <summary>Sets what the account's own log tells.</summary>
    /// <param name="counts">What the windows hold.</param>
    /// <param name="features">Receives the features; what is not known stays unknown.</param>
    public static void AddSightings(EventCounts counts, FeatureVector features)
    {
        if (counts.Sightings is not { } sightings)
        {
            return;
        }

        SetFlag(features, SingleFeature.AccountNewInstall, sightings.IsNewInstall);
        SetFlag(features, SingleFeature.AccountNewSim, sightings.IsNewCard);
        SetFlag(features, SingleFeature.AccountNewCountry, sightings.IsNewCountry);
        SetFlag(features, SingleFeature.AccountImpossibleTravel, sightings.IsTravelImpossible);
        var atLeast = counts[EntitySlot.Account].AtLeast((int)WindowLength.OneDay);
        SetCount(features, SingleFeature.AccountCountries24h, sightings.Countries, atLeast);
        SetCount(features, SingleFeature.AccountNetworks24h, sightings.Networks, atLeast);
    }

    private static void SetFlag(FeatureVector features, SingleFeature feature, bool? value)
    {
        if (value is { } known)
        {
            features.Set(FeatureCatalogue.Index(feature), known ? 1 : 0);
        }
    }

    // The event itself is among them, so that 0 says that it tells none.
    private static void SetCount(FeatureVector features, SingleFeature feature, int value, bool atLeast)
    {
        if (value > 0)
        {
            features.Set(FeatureCatalogue.Index(feature), value, atLeast);
        }
    }
}
