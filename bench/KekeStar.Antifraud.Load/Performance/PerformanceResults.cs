using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Performance;

/// <summary>What all rounds found. Every figure is the median of the rounds; a ratio is that of the rounds' own ratios.</summary>
/// <param name="Rounds">What each round measured.</param>
internal sealed record PerformanceResults(IReadOnlyList<IReadOnlyDictionary<MeasurementKey, LoadResult>> Rounds)
{
    /// <summary>Gets all measurements.</summary>
    public IEnumerable<LoadResult> All => Rounds.SelectMany(static round => round.Values);

    /// <summary>Gives the median of a figure; not a number where it was not measured.</summary>
    public double Median(MeasurementKey key, Func<LoadResult, double> figure)
        => Median(Of(key).Select(figure));

    /// <summary>Gives the median of what a figure of two measurements of the same round gives; not a number where one was not measured.</summary>
    /// <param name="key">The first.</param>
    /// <param name="yardstick">The second.</param>
    /// <param name="figure">Takes both: a ratio or a difference.</param>
    public double Median(MeasurementKey key, MeasurementKey yardstick, Func<LoadResult, LoadResult, double> figure)
        => Median(Paired(key, yardstick, figure));

    /// <summary>Gives what a figure of two measurements of the same round gives, for each round that has both.</summary>
    public IReadOnlyList<double> Paired(MeasurementKey key, MeasurementKey yardstick, Func<LoadResult, LoadResult, double> figure) =>
    [
        .. Rounds.Where(round => round.ContainsKey(key) && round.ContainsKey(yardstick)).Select(round => figure(round[key], round[yardstick])),
    ];

    /// <summary>Gives a measurement's result in each round that has it.</summary>
    public IReadOnlyList<LoadResult> Of(MeasurementKey key)
        => [.. Rounds.Where(round => round.ContainsKey(key)).Select(round => round[key])];

    private static double Median(IEnumerable<double> values)
        => values.ToArray() is { Length: > 0 } all ? PairedRatio.Quantile(all, 0.5) : double.NaN;
}
