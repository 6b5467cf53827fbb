using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>What a comparison found.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Rounds">Each round's result by subject, the yardstick first.</param>
internal sealed record Comparison(DateTimeOffset At, MachineFacts Machine, IReadOnlyList<IReadOnlyDictionary<string, LoadResult>> Rounds)
{
    /// <summary>Gets the ratio of each subject's calls per second to the yardstick's, of the same round.</summary>
    public IReadOnlyDictionary<string, Ratio> Ratios => Rounds[0].Keys.ToDictionary(
        static name => name,
        name => Ratio.Of([.. Rounds.Select(round => round[name].RequestsPerSecond / round[Subject.Echo.Name].RequestsPerSecond)]),
        StringComparer.Ordinal);

    /// <summary>Gives the round whose calls per second are the median for a subject; of an even number the lower one.</summary>
    public LoadResult MedianRound(string name)
        => Rounds.Select(round => round[name]).OrderBy(static result => result.RequestsPerSecond).ElementAt((Rounds.Count - 1) / 2);
}

/// <summary>A ratio over all rounds.</summary>
/// <param name="Median">The median round's; of an even number of rounds the mean of the middle two.</param>
/// <param name="Lowest">The lowest round's.</param>
/// <param name="Highest">The highest round's.</param>
internal sealed record Ratio(double Median, double Lowest, double Highest)
{
    /// <summary>Sums up the rounds.</summary>
    public static Ratio Of(double[] rounds)
    {
        Array.Sort(rounds);
        return new Ratio((rounds[(rounds.Length - 1) / 2] + rounds[rounds.Length / 2]) / 2, rounds[0], rounds[^1]);
    }
}
