using KekeStar.Antifraud.Decision.Counterfactuals;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Tests.Scoring;

namespace KekeStar.Antifraud.Tests.Decision.Counterfactuals;

public sealed class PossibleFeaturesTests
{
    [Fact]
    public void Shorter_windows_hold_no_more_than_a_longer_one()
    {
        var changed = Apply(new AntifraudVector().Counts("device", "accounts", 2, 4, 6, 8, 10), ("device.accounts_24h", 3));

        Assert.Equal([2, 3, 3, 3, 10], Values(changed, "device.accounts"));
    }

    [Fact]
    public void There_are_no_more_registrations_accounts_and_devices_than_attempts()
    {
        var vector = new AntifraudVector().Counts("ip", "events", 9, 9, 9, 9, 9).Counts("ip", "registrations", 5, 5, 5, 5, 5)
            .Counts("ip", "accounts", 1, 5, 5, 5, 5).Counts("ip", "devices", 2, 2, 7, 7, 7).Counts("ip", "failures", 4, 4, 4, 4, 4);

        var changed = Apply(vector, ("ip.events_1h", 3));

        Assert.Equal([3, 3, 3, 9, 9], Values(changed, "ip.events"));
        Assert.Equal([3, 3, 3, 5, 5], Values(changed, "ip.registrations"));
        Assert.Equal([1, 3, 3, 5, 5], Values(changed, "ip.accounts"));
        Assert.Equal([2, 2, 3, 7, 7], Values(changed, "ip.devices"));
        Assert.Equal([4, 4, 4, 4, 4], Values(changed, "ip.failures"));
    }

    [Fact]
    public void Too_few_attempts_have_no_regularity_and_no_identifier_has_more_than_the_largest()
    {
        var vector = new AntifraudVector().Counts("identifier", "events", 9, 9, 9, 9, 9).Counts("imei", "events", 9, 9, 9, 9, 9)
            .Counts("imei", "accounts", 8, 8, 8, 8, 8).With("identifier.regularity_1h", 0.9).With("identifier.regularity_24h", 0.9);

        var changed = Apply(vector, ("identifier.events_1h", 5));

        Assert.Equal([5, 5, 5, 9, 9], Values(changed, "imei.events"));
        Assert.Equal([5, 5, 5, 8, 8], Values(changed, "imei.accounts"));
        Assert.True(double.IsNaN(Value(changed, "identifier.regularity_1h")));
        Assert.Equal(0.9, Value(changed, "identifier.regularity_24h"));
    }

    [Fact]
    public void Changes_hold_together_whatever_their_order()
    {
        var vector = new AntifraudVector().Counts("ip", "events", 9, 9, 9, 9, 9).Counts("ip", "accounts", 8, 8, 8, 8, 8);

        foreach (var changes in new (string, double)[][] { [("ip.events_24h", 3), ("ip.accounts_24h", 5)], [("ip.accounts_24h", 5), ("ip.events_24h", 3)] })
        {
            var changed = Apply(vector, changes);
            Assert.Equal([3, 3, 3, 3, 9], Values(changed, "ip.events"));
            Assert.Equal([3, 3, 3, 3, 8], Values(changed, "ip.accounts"));
        }
    }

    [Fact]
    public void What_is_unknown_stays_so_and_the_source_stays_as_it_was()
    {
        var vector = new AntifraudVector().With("device.accounts_1h", 7, atLeast: true);

        var changed = Apply(vector, ("device.accounts_24h", 2));

        Assert.True(double.IsNaN(Value(changed, "device.accounts_5m")));
        Assert.Equal((2, false), (Value(changed, "device.accounts_1h"), changed.IsAtLeast(FeatureCatalogue.Find("device.accounts_1h")!.Index)));
        Assert.Equal((7, true), (Value(vector.Vector, "device.accounts_1h"), vector.Vector.IsAtLeast(FeatureCatalogue.Find("device.accounts_1h")!.Index)));
    }

    private static FeatureVector Apply(AntifraudVector vector, params (string Name, double Value)[] changes)
    {
        var changed = new FeatureVector(FeatureCatalogue.Count);
        PossibleFeatures.Apply(vector.Vector, [.. changes.Select(static change => (FeatureCatalogue.Find(change.Name)!.Index, change.Value))], changed);
        return changed;
    }

    private static double Value(FeatureVector features, string name) => features.Values[FeatureCatalogue.Find(name)!.Index];

    private static double[] Values(FeatureVector features, string name) =>
        [.. ((string[])["1m", "5m", "1h", "24h", "7d"]).Select(window => Value(features, $"{name}_{window}"))];
}
