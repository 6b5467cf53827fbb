using KekeStar.Antifraud.Load.Reporting;

namespace KekeStar.Antifraud.Tests.Load.Reporting;

public sealed class PlotScaleTests
{
    [Theory]
    [InlineData(false, true, new[] { 3.0, 47 }, new[] { 0.0, 10, 20, 30, 40, 50 })]
    [InlineData(false, false, new[] { 96.0, 104 }, new[] { 96.0, 98, 100, 102, 104 })]
    [InlineData(false, true, new[] { 0.0 }, new[] { 0.0, 0.2 })]
    [InlineData(true, false, new[] { 10_000.0, 10_000_000 }, new[] { 10_000.0, 100_000, 1_000_000, 10_000_000 })]
    [InlineData(true, false, new[] { 3.0, 18 }, new[] { 2.0, 5, 10, 20 })]
    [InlineData(true, false, new[] { 10.0 }, new[] { 10.0, 20 })]
    public void Marks_are_round_numbers_around_all_values(bool logarithmic, bool fromZero, double[] values, double[] marks)
    {
        var scale = PlotScale.Of(values, logarithmic, fromZero);

        Assert.Equal(marks, scale.Marks.Select(static mark => Math.Round(mark, 6)));
        Assert.All(values, value => Assert.InRange(scale.Place(value), 0, 1));
        Assert.Equal((0.0, 1.0), (scale.Place(marks[0]), Math.Round(scale.Place(marks[^1]), 9)));
    }

    [Fact]
    public void On_a_logarithmic_axis_equal_factors_are_equal_steps()
    {
        var scale = PlotScale.Of([1, 10_000], logarithmic: true, fromZero: false);

        Assert.Equal([0, 0.25, 0.5, 0.75, 1], new double[] { 1, 10, 100, 1_000, 10_000 }.Select(value => Math.Round(scale.Place(value), 9)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.05, "0.05")]
    [InlineData(1_500, "1.5k")]
    [InlineData(10_000_000, "10M")]
    public void A_mark_is_short(double mark, string label) => Assert.Equal(label, PlotScale.Label(mark));
}
