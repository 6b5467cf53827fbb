using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>
/// The never-falling step function that lies nearest to labels, by pooling adjacent violators (Ayer et al., "An empirical distribution
/// function for sampling with incomplete information", 1955).
/// </summary>
internal static class IsotonicRegression
{
    /// <summary>Fits.</summary>
    /// <param name="points">Scores with labels, in any order; at least one.</param>
    /// <returns>The blocks, ascending: mean score, events, those that are the risk.</returns>
    public static List<(double Score, double Count, double Positive)> Fit(IEnumerable<(double Score, bool IsPositive)> points)
    {
        var blocks = new List<(double Score, double Count, double Positive)>();
        foreach (var equal in points.GroupBy(static point => point.Score).OrderBy(static equal => equal.Key))
        {
            blocks.Add((equal.Key, equal.Count(), equal.Count(static point => point.IsPositive)));
            while (blocks.Count > 1 && Rate(blocks[^2]) >= Rate(blocks[^1]))
            {
                var (low, high) = (blocks[^2], blocks[^1]);
                var count = low.Count + high.Count;
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (((low.Score * low.Count) + (high.Score * high.Count)) / count, count, low.Positive + high.Positive);
            }
        }

        return blocks;
    }

    /// <summary>
    /// Makes a curve of the blocks: a point in the middle of each, at most <see cref="ModelLimits.MaxCalibrationPoints"/>. The uppermost block
    /// is never certain, however pure: by Laplace's rule one more event of each kind is counted, and nothing lies above that.
    /// </summary>
    public static CalibrationCurve Curve(IEnumerable<(double Score, bool IsPositive)> points)
    {
        var blocks = Fit(points);
        while (blocks.Count > ModelLimits.MaxCalibrationPoints)
        {
            MergeSmallest(blocks);
        }

        var highest = (blocks[^1].Positive + 1) / (blocks[^1].Count + 2);
        return new CalibrationCurve(
            [.. blocks.Select(static block => block.Score)],
            [.. blocks.Select(block => Math.Min(Rate(block), highest))]);
    }

    private static double Rate((double Score, double Count, double Positive) block) => block.Positive / block.Count;

    private static void MergeSmallest(List<(double Score, double Count, double Positive)> blocks)
    {
        var smallest = 0;
        for (var i = 1; i < blocks.Count - 1; i++)
        {
            if (blocks[i].Count + blocks[i + 1].Count < blocks[smallest].Count + blocks[smallest + 1].Count)
            {
                smallest = i;
            }
        }

        var (low, high) = (blocks[smallest], blocks[smallest + 1]);
        var count = low.Count + high.Count;
        blocks[smallest] = (((low.Score * low.Count) + (high.Score * high.Count)) / count, count, low.Positive + high.Positive);
        blocks.RemoveAt(smallest + 1);
    }
}
