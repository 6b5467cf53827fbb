using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>What a measurement of the cost of privacy found.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Repeats">For each set of fresh services its rounds, each with the result by mode.</param>
internal sealed record PrivacyCost(DateTimeOffset At, MachineFacts Machine, IReadOnlyList<IReadOnlyList<IReadOnlyDictionary<string, LoadResult>>> Repeats)
{
    /// <summary>Gets the ratio of each mode's calls per second to the baseline's, of the same round.</summary>
    public IReadOnlyDictionary<string, PairedRatio> Throughput => Ratios(static result => result.RequestsPerSecond);

    /// <summary>Gets the ratio of each mode's CPU time of the service per call to the baseline's, of the same round.</summary>
    public IReadOnlyDictionary<string, PairedRatio> ServerCpu => Ratios(static result => result.ServerCpuMicroseconds);

    /// <summary>Gives the median of a figure over all rounds of a mode.</summary>
    public double Median(string mode, Func<LoadResult, double> figure)
        => PairedRatio.Quantile([.. Repeats.SelectMany(static rounds => rounds).Select(round => figure(round[mode]))], 0.5);

    private Dictionary<string, PairedRatio> Ratios(Func<LoadResult, double> figure) => PrivacyMode.All.ToDictionary(
        static mode => mode.Name,
        mode => PairedRatio.Of([.. Repeats.Select(rounds => rounds.Select(round => figure(round[mode.Name]) / figure(round[PrivacyMode.Unprotected.Name])).ToArray())]),
        StringComparer.Ordinal);
}
