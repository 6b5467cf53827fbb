using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Reporting;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// Whether three shards bear three times as many events as one server: on paper, because the cores end. A server that is
/// busy all the time bears one event for each time that an event costs it; a Cluster bears what its busiest shard does.
/// </summary>
internal sealed class ShardsSection : IGrowthSection
{
    private const int Shards = 3;
    private const double GoalShare = 0.9;

    /// <inheritdoc/>
    public int Steps(GrowthOptions options) => 2;

    /// <inheritdoc/>
    public async Task<ReportSection> RunAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation)
    {
        progress.Begin("one redis-server");
        double[] one;
        await using (ChildServer server = await RedisProcess.StartAsync(cancellation))
        {
            one = await MeasureAsync(server.Address.ToString(), [server.ProcessId], options, cancellation);
        }

        progress.Begin("a Cluster of three");
        double[] three;
        await using (RedisShards shards = await RedisShards.StartAsync(Shards, cancellation))
        {
            three = await MeasureAsync(shards.Configuration, shards.ProcessIds, options, cancellation);
        }

        double linear = one[0] / (Shards * three.Max());
        return new ReportSection
        {
            Key = "shards",
            Title = "One redis-server and three shards of a Cluster",
            Intro = "CPU time that each redis-server takes for an event of the usual traffic (895 bytes), through the service's own store with 64 events in flight for each server. Events that a server bears: one divided by that time, were it busy on a core of its own.",
            Columns = [new("what", "what"), new("cpu", "µs of CPU/event"), new("share", "share of the shards"), new("events", "events/s it bears on paper")],
            Rows =
            [
                ["one server", ReportCell.Of(one[0], "F1"), ReportCell.None, ReportCell.Of(1e6 / one[0], "N0")],
                .. three.Select(IReadOnlyList<ReportCell> (shard, index) =>
                [
                    string.Create(CultureInfo.InvariantCulture, $"shard {index + 1} of {Shards}"),
                    ReportCell.Of(shard, "F1"),
                    ReportCell.Of(shard / three.Sum(), "P1"),
                    ReportCell.Of(1e6 / shard, "N0"),
                ]),
                ["three shards together, by the busiest", ReportCell.Of(three.Max(), "F1"), ReportCell.None, ReportCell.Of(1e6 / three.Max(), "N0")],
            ],
            Notes =
            [
                string.Create(CultureInfo.InvariantCulture, $"Three shards bear {linear * Shards:F2} times what one server does: {linear:F2} of linear (goal {GoalShare}: {(linear >= GoalShare ? "met" : "missed")}). All shards together take {three.Sum() / one[0]:F2} times the one server's time."),
                "A model, not a throughput: the service and all servers share the cores here, and a server that is not busy finds fewer commands in each read than one at its limit would, so that an event costs it more.",
            ],
        };
    }

    private static async Task<double[]> MeasureAsync(string configuration, IReadOnlyList<int> processes, GrowthOptions options, CancellationToken cancellation)
    {
        await using LocalService service = await LocalService.OnRedisAsync(configuration);
        ScoreTraffic traffic = ScoreTraffic.Of(32_768, new TrafficShape(), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        await GrowthWarmup.RunAsync(service, processes, traffic, options, isFirst: true);
        var slices = new List<double[]>();
        for (int i = 0; i < options.Slices; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            TimeSpan[] before = [.. processes.Select(ProcessorTime.Of)];
            long begun = Stopwatch.GetTimestamp();

            // Longer than elsewhere: a shard's CPU time is known to 10 ms.
            long events = await service.ScoreAsync(traffic, CallCost.InFlight(processes), () => Stopwatch.GetElapsedTime(begun) < Shards * options.Slice);
            slices.Add([.. processes.Select((process, index) => (ProcessorTime.Of(process) - before[index]).TotalMicroseconds / events)]);
        }

        return slices.MinBy(static slice => slice.Sum())!;
    }
}
