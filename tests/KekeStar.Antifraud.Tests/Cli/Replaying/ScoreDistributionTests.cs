using CsCheck;
using KekeStar.Antifraud.Cli.Replaying;

namespace KekeStar.Antifraud.Tests.Cli.Replaying;

public class ScoreDistributionTests
{
    [Fact]
    public void Median_maximum_and_classes_are_those_of_the_sorted_scores() => Gen.UInt[0, 1000].Array[1, 200].Sample(scores =>
    {
        var distribution = new ScoreDistribution();
        foreach (var score in scores)
        {
            distribution.Add(score);
        }

        Array.Sort(scores);
        Assert.Equal((int)scores[(scores.Length - 1) / 2], distribution.Median);
        Assert.Equal((int)scores[^1], distribution.Max);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(c => scores.Count(s => s / 100 == c || (c == 9 && s == 1000))),
            distribution.Classes());
    });

    [Fact]
    public void An_empty_distribution_is_all_zero()
    {
        var empty = new ScoreDistribution();

        Assert.Equal((0, 0, 0), (empty.Count, empty.Median, empty.Max));
        Assert.All(empty.Classes(), c => Assert.Equal(0, c));
    }

    [Fact]
    public void Adding_a_distribution_adds_its_scores()
    {
        var all = new ScoreDistribution();
        var part = new ScoreDistribution();
        all.Add(10);
        part.Add(900);
        part.Add(5_000);

        all.Add(part);

        Assert.Equal((3, 900, 1000), (all.Count, all.Median, all.Max));
    }
}
