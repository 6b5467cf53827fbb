using KekeStar.Antifraud.Load.Comparing;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class PrivacyCostTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 0.25, 3.0)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 3.0, 5.0 }, 0.25, 2.0)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 3.0 }, 0.5, 2.5)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 3.0 }, 1.0, 4.0)]
    public void A_quantile_lies_between_its_neighbours(double[] values, double share, double expected)
        => Assert.Equal(expected, PairedRatio.Quantile(values, share), 1e-12);

    [Fact]
    public void A_ratio_over_sets_takes_all_rounds_together_and_each_set_by_itself()
    {
        var ratio = PairedRatio.Of([[1.0, 3.0, 2.0], [10.0, 20.0]]);

        Assert.Equal(3.0, ratio.Median);
        Assert.Equal([2.0, 15.0], ratio.OfRepeats);
    }

    [Fact]
    public void In_six_rounds_every_order_of_the_modes_comes_once()
    {
        var orders = Enumerable.Range(0, 6).Select(static round => string.Join(" | ", PrivacyMode.InOrderOf(round).Select(static mode => mode.Name))).ToArray();

        Assert.Equal(6, orders.Distinct(StringComparer.Ordinal).Count());
    }
}
