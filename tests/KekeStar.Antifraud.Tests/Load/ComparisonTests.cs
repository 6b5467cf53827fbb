using KekeStar.Antifraud.Load.Comparing;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData(new[] { 0.5 }, 0.5)]
    [InlineData(new[] { 0.9, 0.1, 0.3 }, 0.3)]
    [InlineData(new[] { 0.4, 0.2 }, 0.3)]
    public void The_ratio_is_the_median_of_the_rounds(double[] rounds, double median)
    {
        Ratio ratio = Ratio.Of(rounds);

        Assert.Equal(median, ratio.Median, 1e-12);
        Assert.Equal((rounds.Min(), rounds.Max()), (ratio.Lowest, ratio.Highest));
    }
}
