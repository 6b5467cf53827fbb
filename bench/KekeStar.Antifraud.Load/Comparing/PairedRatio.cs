namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>
/// A ratio of two figures of the same round, over many rounds: on a machine that others use too a round is disturbed
/// more or less as a whole, and the middle of the rounds says more than their mean.
/// </summary>
/// <param name="Median">The median of all rounds.</param>
/// <param name="LowerQuartile">A quarter of the rounds is at most this.</param>
/// <param name="UpperQuartile">A quarter of the rounds is at least this.</param>
/// <param name="OfRepeats">The median of the rounds of each set of fresh processes: how much their compiled code differs.</param>
internal sealed record PairedRatio(double Median, double LowerQuartile, double UpperQuartile, IReadOnlyList<double> OfRepeats)
{
    /// <summary>Sums up the rounds of each set of processes.</summary>
    public static PairedRatio Of(IReadOnlyList<double[]> repeats)
    {
        double[] all = [.. repeats.SelectMany(static rounds => rounds)];
        return new PairedRatio(Quantile(all, 0.5), Quantile(all, 0.25), Quantile(all, 0.75), [.. repeats.Select(static rounds => Quantile(rounds, 0.5))]);
    }

    /// <summary>Gives a quantile, between two values by their distance.</summary>
    public static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
