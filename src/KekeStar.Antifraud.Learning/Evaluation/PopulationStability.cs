namespace KekeStar.Antifraud.Learning.Evaluation;

/// <summary>
/// How far a population has moved from another, over bins: Σ (b − a) · ln(b / a). Below 0.1 is usually called stable, above 0.25 moved
/// (Siddiqi, "Credit Risk Scorecards", 2006).
/// </summary>
internal static class PopulationStability
{
    /// <summary>The least share that a bin counts with: 1e-4, so that an empty one is far and not infinitely far.</summary>
    public const double LeastShare = 1e-4;

    /// <summary>The index.</summary>
    /// <param name="expected">Shares in each bin then.</param>
    /// <param name="actual">Shares in each bin now; as many.</param>
    public static double Index(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        var sum = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var (then, now) = (Math.Max(expected[i], LeastShare), Math.Max(actual[i], LeastShare));
            sum += (now - then) * Math.Log(now / then);
        }

        return sum;
    }
}
