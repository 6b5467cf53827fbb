using CsCheck;
using KekeStar.Antifraud.Learning.Training;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Learning;

public sealed class IsotonicRegressionTests
{
    [Fact]
    public void It_is_the_max_min_formula_of_isotonic_regression() => Gen.Select(Gen.Int[0, 8], Gen.Bool).Array[1, 25].Sample(
        points =>
        {
            var blocks = IsotonicRegression.Fit(points.Select(static point => ((double)point.Item1, point.Item2)));
            foreach (var score in points.Select(static point => point.Item1).Distinct())
            {
                // Robertson, Wright and Dykstra 1988: the largest over lower ends of the smallest over upper ends of the means between.
                var expected = Enumerable.Range(0, score + 1).Where(Has).Max(low => Enumerable.Range(score, 9 - score).Where(Has).Min(high => Mean(low, high)));
                Assert.Equal(expected, RateAt(score), 1e-12);
            }

            bool Has(int score) => Array.Exists(points, point => point.Item1 == score);

            double Mean(int low, int high) =>
                points.Where(point => point.Item1 >= low && point.Item1 <= high).Average(static point => point.Item2 ? 1.0 : 0.0);

            // Blocks hold their events in order, so the first that is filled up to the score's events is its own.
            double RateAt(int score)
            {
                var before = points.Count(point => point.Item1 < score);
                foreach (var (_, count, positive) in blocks)
                {
                    if (before < count)
                    {
                        return positive / count;
                    }

                    before -= (int)count;
                }

                throw new InvalidOperationException("No block holds the score.");
            }
        },
        iter: 3_000);

    [Fact]
    public void The_curve_never_falls_is_never_certain_and_has_no_more_points_than_a_file_takes()
    {
        var random = new Random(1);
        var curve = IsotonicRegression.Curve(Enumerable.Range(0, 200_000).Select(i => (i / 200_000.0, random.NextDouble() < i / 200_000.0)));

        Assert.InRange(curve.Scores.Length, 2, ModelLimits.MaxCalibrationPoints);
        for (var i = 1; i < curve.Scores.Length; i++)
        {
            Assert.True(curve.Scores[i] > curve.Scores[i - 1]);
            Assert.True(curve.Probabilities[i] >= curve.Probabilities[i - 1]);
        }

        Assert.True(curve.Of(1) < 1);
        Assert.Equal(0.5, curve.Of(0.5), 0.03);
    }
}
