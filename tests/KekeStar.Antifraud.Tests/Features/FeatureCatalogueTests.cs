using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Features;

public sealed class FeatureCatalogueTests
{
    [Fact]
    public void Every_feature_stands_at_its_index_under_its_own_name()
    {
        Assert.Equal(FeatureCatalogue.Count, FeatureCatalogue.All.Length);
        for (var i = 0; i < FeatureCatalogue.Count; i++)
        {
            Assert.Equal(i, FeatureCatalogue.At(i).Index);
            Assert.Same(FeatureCatalogue.At(i), FeatureCatalogue.Find(FeatureCatalogue.At(i).Name));
        }
    }

    [Fact]
    public void Every_feature_is_described_in_both_languages_and_has_a_category()
    {
        foreach (var feature in FeatureCatalogue.All)
        {
            Assert.Matches("^[a-z0-9_]+\\.[a-z0-9_]+$", feature.Name);
            Assert.EndsWith(".", feature.Description, StringComparison.Ordinal);
            Assert.EndsWith("。", feature.DescriptionZh, StringComparison.Ordinal);
            Assert.NotEqual(ConsentCategory.Unspecified, feature.Consent);
            Assert.True(feature.Maximum >= 1);
            Assert.False(feature.AlwaysKnown && feature.Consent != ConsentCategory.Essential, feature.Name);
        }
    }

    [Theory]
    [InlineData("account.events_1m", 60, SharedSignal.None, ConsentCategory.Essential, "events")]
    [InlineData("device.accounts_1h", 3_600, SharedSignal.Device, ConsentCategory.DeviceIdentifiers, "accounts")]
    [InlineData("oaid.devices_24h", 86_400, SharedSignal.Device, ConsentCategory.AdvertisingIdentifiers, "devices")]
    [InlineData("bssid.registrations_5m", 300, SharedSignal.AccessPoint, ConsentCategory.NetworkIdentifiers, "registrations")]
    [InlineData("sim.failures_7d", 604_800, SharedSignal.Sim, ConsentCategory.Sim, "failures")]
    [InlineData("ip_prefix.regularity_1h", 3_600, SharedSignal.Network, ConsentCategory.Essential, "ratio")]
    [InlineData("cohort.harassment_7d", 604_800, SharedSignal.Cohort, ConsentCategory.Essential, "reports")]
    [InlineData("motion.constant", 0, SharedSignal.None, ConsentCategory.Motion, "flag")]
    [InlineData("vendor.score", 0, SharedSignal.None, ConsentCategory.Essential, "points")]
    public void A_name_means_what_it_says(string name, int seconds, SharedSignal signal, ConsentCategory consent, string unit)
    {
        var feature = FeatureCatalogue.Find(name)!;

        Assert.Equal((seconds, signal, consent, unit), (feature.WindowSeconds, feature.SharedSignal, feature.Consent, feature.Unit));
    }

    [Fact]
    public void The_index_of_a_count_is_found_by_arithmetic()
    {
        Assert.Equal("device.accounts_1h", FeatureCatalogue.At(FeatureCatalogue.WindowFeature(FeatureGroup.Device, WindowMetric.Accounts, WindowLength.OneHour)).Name);
        Assert.Equal("cohort.regularity_7d", FeatureCatalogue.At(FeatureCatalogue.WindowFeature(FeatureGroup.Cohort, WindowMetric.Regularity, WindowLength.SevenDays)).Name);
        Assert.Equal(3_600_000, WindowLengths.Milliseconds(WindowLength.OneHour));
    }

    [Fact]
    public void The_single_features_are_in_the_order_of_their_enum()
    {
        foreach (var single in Enum.GetValues<SingleFeature>())
        {
            var name = FeatureCatalogue.At(FeatureCatalogue.Index(single)).Name;
            Assert.Equal(single.ToString(), string.Concat(name.Split('.', '_').Select(part => char.ToUpperInvariant(part[0]) + part[1..])));
        }
    }

    [Fact]
    public void Every_entity_with_a_log_has_a_group()
    {
        Assert.Equal(FeatureGroup.Account, FeatureGroups.Of(EntityKind.Account));
        Assert.Equal(FeatureGroup.OpenUdid, FeatureGroups.Of(EntityKind.OpenUdid));
        Assert.Equal(FeatureGroup.Bssid, FeatureGroups.Of(EntityKind.Bssid));
        Assert.Equal(FeatureGroup.Sim, FeatureGroups.Of(EntityKind.Imsi));
        Assert.Equal(FeatureGroup.Cohort, FeatureGroups.Of(EntityKind.Cohort));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureGroups.Of(EntityKind.Event));
        Assert.True(FeatureGroups.IsIdentifier(FeatureGroup.Mac));
        Assert.False(FeatureGroups.IsIdentifier(FeatureGroup.Bssid));
    }
}
