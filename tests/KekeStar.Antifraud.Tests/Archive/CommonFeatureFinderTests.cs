using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Which values of features set the members of a gang apart.</summary>
public sealed class CommonFeatureFinderTests
{
    private const int Others = 2 * CommonFeatureFinder.FewestOthers;

    [Theory]
    [InlineData(8, 16, true)]
    [InlineData(7, 16, false)]
    [InlineData(8, 17, false)]
    public void A_value_is_common_that_four_in_five_members_have_and_two_in_five_others_at_most(int members, int others, bool isCommon)
    {
        var found = CommonFeatureFinder.Find(Make("software.root", 1, members, of: 10), Make("software.root", 1, others, of: Others)).Features;

        Assert.Equal(isCommon ? [new CommonFeature("software.root", 1, members / 10.0, others / (double)Others)] : [], found);
    }

    [Fact]
    public void That_nothing_was_found_tells_something_only_where_it_was_looked_for()
    {
        var members = Make("software.root", 0, 10, of: 10);

        Assert.Empty(CommonFeatureFinder.Find(members, Make("software.root", 1, 0, of: Others)).Features);
        Assert.Equal([new CommonFeature("software.root", 0, 1, 0)], CommonFeatureFinder.Find(members, Make("software.root", 1, Others, of: Others)).Features);
    }

    [Fact]
    public void Of_one_count_in_several_windows_the_one_that_tells_most_is_told_after_what_events_say_of_themselves()
    {
        var members = Make([("device.accounts_1h", 5), ("device.accounts_24h", 5), ("software.root", 1)], 10, of: 10);
        var others = Make([("device.accounts_1h", 5), ("software.root", 1)], 10, of: Others);

        Assert.Equal(["software.root", "device.accounts_24h"], CommonFeatureFinder.Find(members, others).Features.Select(static feature => feature.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void No_more_are_told_than_the_limit()
    {
        var all = FeatureCatalogue.All.ToArray().Select(static feature => (feature.Name, 1.0)).ToArray();

        Assert.Equal(ArchiveLimits.MaxCommonFeatures, CommonFeatureFinder.Find(Make(all, 10, of: 10), Make([], 0, of: Others)).Features.Count);
    }

    private static List<double[]> Make(string name, double value, int having, int of) => Make([(name, value)], having, of);

    // The first so many have the values, the others none.
    private static List<double[]> Make((string Name, double Value)[] values, int having, int of) =>
    [
        .. Enumerable.Range(0, of).Select(number =>
        {
            var features = new FeatureVector(FeatureCatalogue.Count);
            foreach (var (name, value) in number < having ? values : [])
            {
                features.Set(FeatureCatalogue.Find(name)!.Index, value);
            }

            return features.Values;
        }),
    ];
}
