using System.Diagnostics;
using System.Globalization;
using System.Net;
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
    private const int Events = 16_384;
    private const double GoalShare = 0.9;

    // In front of both measurements, so that the logs are as full in both.
    private const int EarlierEvents = 65_536;

    /// <inheritdoc/>
    public int Steps(GrowthOptions options) => 2;

    /// <inheritdoc/>
    public async Task<ReportSection> RunAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation)
    {
        progress.Begin("one redis-server");
        await GrowthWarmup.CompileOverRedisAsync(NewTraffic(), options, cancellation);
        Finding one;
        await using (ChildServer server = await RedisProcess.StartAsync(cancellation))
        {
            one = await MeasureAsync(server.Address.ToString(), [server.Address], [server.ProcessId], options, cancellation);
        }

        progress.Begin("a Cluster of three");
        Finding three;
        await using (RedisShards shards = await RedisShards.StartAsync(Shards, cancellation))
        {
            three = await MeasureAsync(shards.Configuration, shards.Addresses, shards.ProcessIds, options, cancellation);
        }

        double linear = one.AtLimit[0] / (Shards * three.AtLimit.Max());
        return new ReportSection
        {
            Key = "shards",
            Title = "One redis-server and three shards of a Cluster",
            Intro = string.Create(CultureInfo.InvariantCulture, $"CPU time that each redis-server takes for an event of the usual traffic. At its limit: the commands of {Events:N0} events, recorded between the service and its store, are sent again to one server at a time, to a shard those of its slots, in full pipelines. In service: as the service sends them, {CallCost.InFlight([0])} events in flight for each server. Events that a server bears: one divided by its time at the limit, were it busy on a core of its own."),
            Columns = [new("what", "what"), new("limit", "at its limit, µs of CPU/event"), new("share", "share of the shards"), new("events", "events/s it bears on paper"), new("service", "in service, µs of CPU/event")],
            Rows =
            [
                ["one server", ReportCell.Of(one.AtLimit[0], "F1"), ReportCell.None, ReportCell.Of(1e6 / one.AtLimit[0], "N0"), ReportCell.Of(one.InService[0], "F1")],
                .. three.AtLimit.Select(IReadOnlyList<ReportCell> (shard, index) =>
                [
                    string.Create(CultureInfo.InvariantCulture, $"shard {index + 1} of {Shards}"),
                    ReportCell.Of(shard, "F1"),
                    ReportCell.Of(shard / three.AtLimit.Sum(), "P1"),
                    ReportCell.Of(1e6 / shard, "N0"),
                    ReportCell.Of(three.InService[index], "F1"),
                ]),
                ["the Cluster, by its busiest shard", ReportCell.Of(three.AtLimit.Max(), "F1"), ReportCell.None, ReportCell.Of(1e6 / three.AtLimit.Max(), "N0"), ReportCell.Of(three.InService.Max(), "F1")],
            ],
            Notes =
            [
                string.Create(CultureInfo.InvariantCulture, $"Three shards bear {linear * Shards:F2} times what one server does: {linear:F2} of linear (goal {GoalShare}: {(linear >= GoalShare ? "met" : "missed")}). All shards together take {three.AtLimit.Sum() / one.AtLimit[0]:F2} times the one server's time at the limit, {three.InService.Sum() / one.InService[0]:F2} times in service."),
                "A model, not a throughput: cores end at those of this machine. What keeps it from linear at the limit is one key: the log of an entity that many events share (a model, a list of software, a network) lies on one shard. In service a server that is not busy finds fewer commands in each read, and is dearer for it.",
            ],
        };
    }

    private static async Task<Finding> MeasureAsync(string configuration, IReadOnlyList<IPEndPoint> servers, IReadOnlyList<int> processes, GrowthOptions options, CancellationToken cancellation)
    {
        await using LocalService service = await LocalService.OnRedisAsync(configuration, records: true);
        ScoreTraffic traffic = NewTraffic();
        await GrowthWarmup.FillAsync(service, processes, traffic, EarlierEvents);
        service.Rounds!.IsRecording = true;
        await GrowthWarmup.FillAsync(service, processes, traffic, Events);
        service.Rounds.IsRecording = false;
        double[] atLimit = new double[servers.Count];
        for (int server = 0; server < servers.Count; server++)
        {
            using var pipe = new RespPipe(servers[server]);
            int shard = server;
            double[][] slices =
            [
                .. Enumerable.Range(0, options.Slices).Select(_ => Cost(processes, () => service.Rounds.Replay(pipe, key => KeySlot.ShardOf(key, servers.Count) == shard))),
            ];
            atLimit[server] = slices.Min(slice => slice[shard]) / Events;
        }

        var inService = new List<double[]>();
        for (int i = 0; i < options.Slices; i++)
        {
            // Longer than elsewhere: a shard's CPU time is known to 10 ms.
            long begun = Stopwatch.GetTimestamp();
            inService.Add(await CostAsync(processes, () => service.ScoreAsync(traffic, CallCost.InFlight(processes), () => Stopwatch.GetElapsedTime(begun) < Shards * options.Slice)));
            cancellation.ThrowIfCancellationRequested();
        }

        return new Finding(atLimit, inService.MinBy(static slice => slice.Sum())!);
    }

    private static ScoreTraffic NewTraffic() => ScoreTraffic.Of(2 * Events, new TrafficShape());

    private static async Task<double[]> CostAsync(IReadOnlyList<int> processes, Func<Task<long>> work)
    {
        TimeSpan[] before = [.. processes.Select(ProcessorTime.Of)];
        long events = await work();
        return [.. processes.Select((process, index) => (ProcessorTime.Of(process) - before[index]).TotalMicroseconds / events)];
    }

    private static double[] Cost(IReadOnlyList<int> processes, Action work)
    {
        TimeSpan[] before = [.. processes.Select(ProcessorTime.Of)];
        work();
        return [.. processes.Select((process, index) => (ProcessorTime.Of(process) - before[index]).TotalMicroseconds)];
    }

    /// <summary>CPU time of an event for each server in microseconds.</summary>
    private sealed record Finding(double[] AtLimit, double[] InService);
}
