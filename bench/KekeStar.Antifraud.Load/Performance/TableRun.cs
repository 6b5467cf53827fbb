using System.Globalization;
using System.Security.Cryptography;
using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.Performance;

/// <summary>
/// Measures all subjects, round by round. In a round each is started with an empty store, warmed up, measured and
/// stopped, one after the other, beginning with another one each time. Echo and embedded service stay, idle, until the
/// end of the round, when they are measured at the same rate and over more and more connections.
/// </summary>
/// <param name="subjects">The subjects, the yardstick first.</param>
/// <param name="options">How they are measured.</param>
/// <param name="progress">Runs and shows each measurement.</param>
internal sealed class TableRun(IReadOnlyList<Subject> subjects, TableOptions options, SeriesProgress progress)
{
    // For new connections to a server that is warm.
    private static readonly TimeSpan BeforeEach = TimeSpan.FromMilliseconds(500);

    private static readonly string[] Staying = [Subject.Echo, Subject.Embedded];

    /// <summary>Gives how many measurements are made.</summary>
    public static int Measurements(int subjects, TableOptions options)
        => options.Rounds * ((2 * subjects) + (Staying.Length * (2 + options.GrowthConnections.Count)));

    /// <summary>Runs all rounds.</summary>
    /// <exception cref="ServerStartException">A subject did not come up.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public async Task<PerformanceResults> RunAsync(CancellationToken cancellation)
    {
        var rounds = new List<IReadOnlyDictionary<MeasurementKey, LoadResult>>();
        for (int round = 0; round < options.Rounds; round++)
        {
            rounds.Add(await RoundAsync(round, cancellation));
        }

        return new PerformanceResults(rounds);
    }

    private async Task<IReadOnlyDictionary<MeasurementKey, LoadResult>> RoundAsync(int round, CancellationToken cancellation)
    {
        var results = new Dictionary<MeasurementKey, LoadResult>();
        var running = new List<RunningSubject>();
        WriteMode[] modes = round % 2 == 0 ? [WriteMode.Coalesced, WriteMode.Single] : [WriteMode.Single, WriteMode.Coalesced];
        try
        {
            foreach (Subject subject in subjects.Skip(round % subjects.Count).Concat(subjects.Take(round % subjects.Count)))
            {
                running.Add(new RunningSubject(subject, await subject.StartAsync(cancellation)));
                for (int mode = 0; mode < modes.Length; mode++)
                {
                    Measure(running[^1], options.Peak(subject.Key, modes[mode]), options.Load with { Warmup = mode == 0 ? options.Warmup : BeforeEach });
                }

                if (!Staying.Contains(subject.Key, StringComparer.Ordinal))
                {
                    await running[^1].DisposeAsync();
                    running.RemoveAt(running.Count - 1);
                }
            }

            RunningSubject[] both = round % 2 == 0 ? [.. running] : [.. running.AsEnumerable().Reverse()];
            foreach (WriteMode mode in modes.Where(mode => results.ContainsKey(options.Peak(Subject.Embedded, mode))))
            {
                double rate = options.OpenShare * results[options.Peak(Subject.Embedded, mode)].RequestsPerSecond;
                Array.ForEach(both, one => Measure(one, options.Open(one.Subject.Key, mode), options.Load with { Rate = rate }));
            }

            foreach (int connections in options.GrowthConnections)
            {
                Array.ForEach(both, one => Measure(one, options.Growth(one.Subject.Key, connections), options.Load with { Streams = Math.Max(1, options.GrowthInFlight / connections) }));
            }

            return results;
        }
        finally
        {
            foreach (RunningSubject one in running)
            {
                await one.DisposeAsync();
            }
        }

        void Measure(RunningSubject one, MeasurementKey key, LoadOptions load)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"round {round + 1}, {one.Subject.Name}, {Describe(key)}");
            results[key] = progress.Measure(
                load with
                {
                    Target = one.Servers.Peek().Address,
                    Method = one.Subject.Method,
                    Writes = key.Writes,
                    Connections = key.Connections,
                    Duration = key.Kind == MeasurementKind.Growth ? options.Duration / 2 : options.Duration,
                    Streams = one.Subject.Method == LoadMethod.Batch ? options.BatchStreams : load.Streams,
                    Warmup = load.Warmup > BeforeEach ? load.Warmup : BeforeEach,
                    ServerProcesses = [.. one.Servers.Select(static server => server.ProcessId)],
                    Allocations = one.Allocations,
                },
                name,
                BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)),
                cancellation);
        }
    }

    private static string Describe(MeasurementKey key) => key.Kind switch
    {
        MeasurementKind.Open => $"open loop, {key.Writes.ToString().ToLowerInvariant()} writes",
        MeasurementKind.Growth => string.Create(CultureInfo.InvariantCulture, $"{key.Connections} connections"),
        _ => $"{key.Writes.ToString().ToLowerInvariant()} writes",
    };

    private sealed record RunningSubject(Subject Subject, Stack<ChildServer> Servers) : IAsyncDisposable
    {
        public AllocationProbe Allocations { get; } = new(Servers.Peek().Address);

        public async ValueTask DisposeAsync()
        {
            Allocations.Dispose();
            await Subject.StopAsync(Servers);
        }
    }
}
