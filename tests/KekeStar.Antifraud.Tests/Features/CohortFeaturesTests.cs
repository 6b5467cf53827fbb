using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Features;

public sealed class CohortFeaturesTests
{
    private static readonly string[] Names =
    [
        "cohort.surge", "cohort.prefix_registrations", "cohort.prefix_share", "cohort.prefix_hours", "similar.registration_share",
        "similar.device_share", "similar.active_hours", "similar.registration_hours", "similar.night_share", "similar.cohort_share",
        "similar.prefix_registrations",
    ];

    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void What_the_logs_say_is_told_under_its_name()
    {
        var features = Build(new CohortStanding(3.5, 7, 0.7, 5, IsAtLeast: false, HasPrefix: true), new SimilarStanding(0.9, 0.8, 20, 19, 0.2, 0.6, 11, false, false));
        Assert.Equal([3.5, 7, 0.7, 5, 0.9, 0.8, 20, 19, 0.2, 0.6, 11], Names.Select(name => Value(features, name)));
        Assert.DoesNotContain(Names, name => features.IsAtLeast(FeatureCatalogue.Find(name)!.Index));
    }

    [Fact]
    public void Counts_of_a_cut_log_are_lower_bounds_and_shares_are_of_what_was_seen()
    {
        var features = Build(new CohortStanding(3.5, 7, 0.7, 5, IsAtLeast: true, HasPrefix: true), new SimilarStanding(0.9, 0.8, 20, 19, 0.2, 0.6, 11, true, true));
        Assert.Equal(
            ["cohort.prefix_registrations", "cohort.prefix_hours", "similar.active_hours", "similar.registration_hours", "similar.prefix_registrations"],
            Names.Where(name => features.IsAtLeast(FeatureCatalogue.Find(name)!.Index)),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Without_a_log_nothing_is_known_of_it()
    {
        Assert.All(Names, name => Assert.Equal(double.NaN, Value(Build(null, null), name)));

        var unplaced = Build(new CohortStanding(3.5, 0, double.NaN, 0, IsAtLeast: false, HasPrefix: false), new SimilarStanding(0.9, 0.8, 20, 19, 0.2, 0.6, -1, false, false));
        Assert.Equal(
            ["cohort.prefix_registrations", "cohort.prefix_share", "cohort.prefix_hours", "similar.prefix_registrations"],
            Names.Where(name => double.IsNaN(Value(unplaced, name))),
            StringComparer.Ordinal);
    }

    private static double Value(FeatureVector features, string name) => features.Values[FeatureCatalogue.Find(name)!.Index];

    private FeatureVector Build(CohortStanding? cohort, SimilarStanding? similar)
    {
        var features = new FeatureVector(FeatureCatalogue.Count);
        FeatureBuilder.Build(_intake.NewEvent(), new EventCounts { Cohort = cohort, Similar = similar }, features);
        return features;
    }
}
