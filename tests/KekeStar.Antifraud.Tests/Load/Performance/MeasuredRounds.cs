using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Performance;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Tests.Load.Performance;

/// <summary>Results of rounds that nobody had to wait for.</summary>
internal static class MeasuredRounds
{
    public static TableOptions Options { get; } = new()
    {
        Rounds = 3,
        Warmup = TimeSpan.FromSeconds(12),
        Duration = TimeSpan.FromSeconds(4),
        GrowthConnections = [1, 16],
        Load = new LoadOptions
        {
            Target = ChildServer.FreeAddress(),
            Method = LoadMethod.Echo,
            Duration = TimeSpan.Zero,
            Warmup = TimeSpan.Zero,
            Connections = 4,
            Streams = 32,
        },
    };

    /// <summary>Gives the results of rounds in which each measurement found these events per second, and as many garbage bytes and 99th percentiles in ms.</summary>
    public static PerformanceResults Of(params Dictionary<MeasurementKey, double>[] rounds)
        => new([.. rounds.Select(static round => (IReadOnlyDictionary<MeasurementKey, LoadResult>)round.ToDictionary(static pair => pair.Key, static pair => Result(pair.Value)))]);

    private static LoadResult Result(double figure) => new()
    {
        Method = "Score",
        Seconds = 4,
        Connections = 4,
        StreamsPerConnection = 32,
        Writes = "Single",
        EventsPerCall = 1,
        OfferedPerSecond = 0,
        RequestBytes = 895,
        Requests = 1000,
        RequestsPerSecond = figure,
        P50Ms = 1,
        P99Ms = figure,
        P999Ms = 3,
        MaxMs = 4,
        DegradedShare = 0,
        Errors = new Dictionary<string, long>(StringComparer.Ordinal),
        VerifiedReplies = 1000,
        NeverSent = 0,
        GeneratorCpuMicroseconds = 1,
        ServerCpuMicroseconds = 10,
        ServerResidentBytes = 1 << 26,
        ServerGarbageBytes = figure,
        OthersCpuShare = 0,
    };
}
