using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consistency;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Features;

public sealed class CheckFeaturesTests
{
    [Fact]
    public void Each_check_has_a_feature_of_its_own_name()
    {
        foreach (var check in Enum.GetValues<SignalCheck>())
        {
            var feature = CheckFeatures.Of(check);
            var expected = check switch
            {
                SignalCheck.PlatformIdentifiers => nameof(SingleFeature.DevicePlatformConflict),
                SignalCheck.SimCountry => nameof(SingleFeature.NetworkSimCountryDiffers),
                _ => $"Consistency{check}",
            };
            Assert.Equal(expected, feature.ToString());
            Assert.Equal("flag", FeatureCatalogue.At(FeatureCatalogue.Index(feature)).Unit);
        }

        Assert.Equal(
            Enum.GetValues<SignalCheck>().Length - 1,
            FeatureCatalogue.Find("consistency.violations")!.Maximum);
    }

    [Fact]
    public void A_check_that_could_not_be_made_is_unknown_and_one_that_failed_is_counted()
    {
        var scoreEvent = new ScoreEvent();
        scoreEvent.Clear();
        scoreEvent.ChecksKnown = CheckResults.Bit(SignalCheck.ModelBrand) | CheckResults.Bit(SignalCheck.OuiBrand)
            | CheckResults.Bit(SignalCheck.SimCountry) | CheckResults.Bit(SignalCheck.PlatformIdentifiers);
        scoreEvent.ChecksViolated = scoreEvent.ChecksKnown & ~CheckResults.Bit(SignalCheck.OuiBrand);
        var features = new FeatureVector(FeatureCatalogue.Count);
        FeatureBuilder.Build(scoreEvent, new EventCounts(), features);

        Assert.Equal(1, Value(features, "consistency.model_brand"));
        Assert.Equal(0, Value(features, "consistency.oui_brand"));
        Assert.Equal(double.NaN, Value(features, "consistency.tac_brand"));
        Assert.Equal(1, Value(features, "device.platform_conflict"));
        Assert.Equal(1, Value(features, "network.sim_country_differs"));
        Assert.Equal(2, Value(features, "consistency.violations"));
    }

    [Fact]
    public void Where_nothing_could_be_checked_there_are_no_violations()
    {
        var scoreEvent = new ScoreEvent();
        scoreEvent.Clear();
        var features = new FeatureVector(FeatureCatalogue.Count);
        FeatureBuilder.Build(scoreEvent, new EventCounts(), features);

        Assert.Equal(0, Value(features, "consistency.violations"));
        Assert.True(FeatureCatalogue.Find("consistency.violations") is { AlwaysKnown: true, FallsWithAbsence: true, Consent: ConsentCategory.Essential });
    }

    private static double Value(FeatureVector features, string name) => features.Values[FeatureCatalogue.Find(name)!.Index];
}
