using CsCheck;
using KekeStar.Antifraud.Dashboard.Live;

namespace KekeStar.Antifraud.Tests.Dashboard;

public sealed class LatencyScaleTests
{
    [Fact]
    public void A_duration_is_below_the_upper_end_of_its_class_by_at_most_an_eighth() => Gen.Double[0.000_008, 15].Sample(static seconds =>
    {
        var upper = LatencyScale.UpperMilliseconds(LatencyScale.ClassOf(seconds)) / 1_000;
        return seconds <= upper && upper <= seconds * 1.125 * 1.13;
    });

    [Fact]
    public void Classes_go_up_with_the_duration() => Gen.Double[0.000_001, 15].Array[2].Sample(static two =>
        two[0] <= two[1] ? LatencyScale.ClassOf(two[0]) <= LatencyScale.ClassOf(two[1]) : LatencyScale.ClassOf(two[0]) >= LatencyScale.ClassOf(two[1]));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(100_000, LatencyScale.Classes - 1)]
    public void What_lies_outside_counts_at_the_end(double seconds, int expected) => Assert.Equal(expected, LatencyScale.ClassOf(seconds));

    [Fact]
    public void A_percentile_is_that_of_the_sorted_durations_to_an_eighth() => Gen.Double[0.000_01, 1].Array[1, 300].Sample(static durations =>
    {
        var counts = new long[LatencyScale.Classes];
        foreach (var duration in durations)
        {
            counts[LatencyScale.ClassOf(duration)]++;
        }

        var exact = durations.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(durations.Length * 0.99) - 1)) * 1_000;
        var read = LatencyScale.Percentile(counts, 0.99)!.Value;
        return read >= exact && read <= exact * 1.125 * 1.13;
    });

    [Fact]
    public void Of_nothing_there_is_no_percentile() => Assert.Null(LatencyScale.Percentile(new long[LatencyScale.Classes], 0.5));
}
