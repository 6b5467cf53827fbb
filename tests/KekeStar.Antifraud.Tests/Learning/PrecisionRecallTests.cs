using CsCheck;
using KekeStar.Antifraud.Learning.Evaluation;

namespace KekeStar.Antifraud.Tests.Learning;

public sealed class PrecisionRecallTests
{
    private static readonly Gen<(int Score, bool IsAttack)[]> Points = Gen.Select(Gen.Int[0, 12], Gen.Bool).Array[2, 40]
        .Where(static points => points.Any(static point => point.Item2) && points.Any(static point => !point.Item2));

    [Fact]
    public void Average_precision_of_an_example_from_the_definition()
    {
        // Attacks at ranks 1 and 3: (1/1 + 2/3) / 2.
        var judged = new PrecisionRecall([(0.9, true), (0.8, false), (0.7, true), (0.6, false)]);

        Assert.Equal((1 + (2 / 3.0)) / 2, judged.AveragePrecision(), 1e-12);
    }

    [Fact]
    public void Average_precision_is_the_sum_over_thresholds_of_precision_times_gained_recall() => Points.Sample(
        points =>
        {
            var expected = 0.0;
            var before = 0.0;
            foreach (var threshold in points.Select(static point => point.Score).Distinct().OrderDescending())
            {
                var above = points.Where(point => point.Score >= threshold).ToArray();
                var recall = above.Count(static point => point.IsAttack) / (double)points.Count(static point => point.IsAttack);
                expected += (recall - before) * above.Count(static point => point.IsAttack) / above.Length;
                before = recall;
            }

            Assert.Equal(expected, Of(points).AveragePrecision(), 1e-12);
        },
        iter: 3_000);

    [Fact]
    public void The_threshold_is_the_least_at_which_few_enough_honest_events_are_challenged() => Gen.Select(Points, Gen.Double[0, 1]).Sample(
        (points, share) =>
        {
            var most = share * points.Count(static point => !point.IsAttack);
            var sound = points.Select(static point => (double)point.Score).Distinct()
                .Where(threshold => points.Count(point => !point.IsAttack && point.Score >= threshold) <= most);

            Assert.Equal(sound.DefaultIfEmpty(double.PositiveInfinity).Min(), Of(points).ThresholdFor(share));
        },
        iter: 3_000);

    private static PrecisionRecall Of((int Score, bool IsAttack)[] points) => new(points.Select(static point => ((double)point.Score, point.IsAttack)));
}
