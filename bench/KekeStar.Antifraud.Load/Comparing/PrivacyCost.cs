using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>What a measurement of the cost of privacy found.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Repeats">For each set of fresh services its rounds, each with the result by mode.</param>
/// <param name="Together">For each set the result by mode of the services under load at the same time.</param>
internal sealed record PrivacyCost(
    DateTimeOffset At,
    MachineFacts Machine,
    IReadOnlyList<IReadOnlyList<IReadOnlyDictionary<string, LoadResult>>> Repeats,
    IReadOnlyList<IReadOnlyDictionary<string, LoadResult>> Together)
{
    /// <summary>Gets the ratio of each mode's calls per second to the baseline's, of the same round.</summary>
    public IReadOnlyDictionary<string, PairedRatio> Throughput => Ratios(static result => result.RequestsPerSecond);

    /// <summary>Gets the same of the quieter half of each set's rounds: those in whose worst measurement others used the least CPU time.</summary>
    public IReadOnlyDictionary<string, PairedRatio> QuietThroughput => Quiet.Throughput;

    /// <summary>Gets the ratio of each mode's CPU time of the service per call to the baseline's, of the same round.</summary>
    public IReadOnlyDictionary<string, PairedRatio> ServerCpu => Ratios(static result => result.ServerCpuMicroseconds);

    /// <summary>Gets the same of the quieter half of each set's rounds.</summary>
    public IReadOnlyDictionary<string, PairedRatio> QuietServerCpu => Quiet.ServerCpu;

    /// <summary>Gets the ratio of each mode's CPU time of the service per call to the baseline's, of services under load at the same time.</summary>
    public IReadOnlyDictionary<string, PairedRatio> TogetherServerCpu => (this with { Repeats = [.. Together.Select(static set => (IReadOnlyList<IReadOnlyDictionary<string, LoadResult>>)[set])] }).ServerCpu;

    private PrivacyCost Quiet => this with
    {
        Repeats = [.. Repeats.Select(static rounds => rounds.OrderBy(static round => round.Values.Max(static result => result.OthersCpuShare)).Take((rounds.Count + 1) / 2).ToArray())],
    };

    /// <summary>Gives the median of a figure over all rounds of a mode.</summary>
    public double Median(string mode, Func<LoadResult, double> figure)
        => PairedRatio.Quantile([.. Repeats.SelectMany(static rounds => rounds).Select(round => figure(round[mode]))], 0.5);

    /// <summary>Gives what a mode's service needs more than the baseline's, in µs of CPU time per call: the median of the sets, under load at the same time.</summary>
    public double TogetherDifference(string mode)
        => PairedRatio.Quantile([.. Together.Select(set => set[mode].ServerCpuMicroseconds - set[PrivacyMode.Unprotected.Name].ServerCpuMicroseconds)], 0.5);

    private Dictionary<string, PairedRatio> Ratios(Func<LoadResult, double> figure) => PrivacyMode.All.ToDictionary(
        static mode => mode.Name,
        mode => PairedRatio.Of([.. Repeats.Select(rounds => rounds.Select(round => figure(round[mode.Name]) / figure(round[PrivacyMode.Unprotected.Name])).ToArray())]),
        StringComparer.Ordinal);
}
