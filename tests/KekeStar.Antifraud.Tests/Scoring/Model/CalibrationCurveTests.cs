using CsCheck;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

public sealed class CalibrationCurveTests
{
    private static readonly CalibrationCurve Curve = new([-1, 0, 2], [0.1, 0.2, 0.8]);

    [Theory]
    [InlineData(-5, 0.1)]
    [InlineData(-1, 0.1)]
    [InlineData(-0.5, 0.15)]
    [InlineData(0, 0.2)]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.8)]
    [InlineData(9, 0.8)]
    public void Between_its_points_it_is_straight_and_beyond_them_level(double score, double probability) =>
        Assert.Equal(probability, Curve.Of(score), 1e-12);

    [Fact]
    public void It_never_falls() => Gen.Double[-3, 3].Array[2].Sample(
        pair => Assert.True(Curve.Of(pair.Min()) <= Curve.Of(pair.Max())),
        iter: 10_000);
}
