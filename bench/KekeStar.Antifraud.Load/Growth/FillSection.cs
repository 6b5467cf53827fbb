using System.Collections.Concurrent;
using System.Globalization;
using KekeStar.Antifraud.Load.Reporting;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>What an event costs by how many records its entities' logs hold.</summary>
internal sealed class FillSection : IGrowthSection
{
    private const int AppendsInFlight = 64;

    // The fewer records, the more accounts: measuring must not fill the logs that it is about.
    private static readonly (int Records, int Accounts)[] Levels = [(1, 20_000), (10, 8_000), (64, 2_000), (256, 1_000)];

    /// <inheritdoc/>
    public int Steps(GrowthOptions options) => Levels.Length * (options.HasRedis ? 2 : 1);

    /// <inheritdoc/>
    public async Task<ReportSection> RunAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation)
    {
        var embedded = new List<CallCost>();
        var redis = new List<CallCost>();
        foreach ((int records, int accounts) in Levels)
        {
            progress.Begin(string.Create(CultureInfo.InvariantCulture, $"embedded store, {records} records in each log"));
            await using (LocalService service = await LocalService.OnDiskAsync(1L << 30, 16L << 30))
            {
                embedded.Add(await MeasureAsync(service, [], records, accounts, options, cancellation));
            }

            if (options.HasRedis)
            {
                progress.Begin(string.Create(CultureInfo.InvariantCulture, $"redis-server, {records} records in each log"));
                await using ChildServer server = await RedisProcess.StartAsync(cancellation);
                await using LocalService service = await LocalService.OnRedisAsync(server.Address.ToString());
                redis.Add(await MeasureAsync(service, [server.ProcessId], records, accounts, options, cancellation));
            }
        }

        return new ReportSection
        {
            Key = "fill",
            Title = "Records in an entity's log",
            Intro = "CPU time of the same event by how many records the logs of its own entities hold before the measurement, which adds some (fewer than the count, but at 1). What accounts share (model, software, network) is full at every level.",
            Columns = [new("records", "records in each log"), new("embedded", "embedded µs/event"), new("embeddedRatio", "÷ one record"), new("service", "service over Redis µs/event"), new("redis", "redis-server µs/event"), new("redisRatio", "÷ one record")],
            Rows =
            [
                .. Levels.Select(IReadOnlyList<ReportCell> (level, index) =>
                [
                    ReportCell.Of(level.Records, "N0"),
                    ReportCell.Of(embedded[index].Total, "F1"),
                    ReportCell.Of(embedded[index].Total / embedded[0].Total, "F2"),
                    index < redis.Count ? ReportCell.Of(redis[index].Service, "F1") : ReportCell.None,
                    index < redis.Count ? ReportCell.Of(redis[index].Store, "F1") : ReportCell.None,
                    index < redis.Count ? ReportCell.Of(redis[index].Total / redis[0].Total, "F2") : ReportCell.None,
                ]),
            ],
            Plot = new Plot
            {
                Title = "CPU time of an event against records in its logs",
                X = new PlotAxis("records in each log", Logarithmic: true),
                Y = new PlotAxis("µs of CPU"),
                Series = [.. Series("embedded store", embedded), .. Series("service and redis-server", redis)],
            },
        };
    }

    private static IEnumerable<PlotSeries> Series(string name, List<CallCost> costs)
        => costs.Count == 0 ? [] : [new PlotSeries(name, [.. costs.Select(static (cost, index) => new PlotPoint(Levels[index].Records, cost.Total))])];

    private static async Task<CallCost> MeasureAsync(LocalService service, IReadOnlyList<int> stores, int records, int accounts, GrowthOptions options, CancellationToken cancellation)
    {
        // Nothing shared by chance: what accounts have, each has alone.
        var shape = new TrafficShape { Accounts = accounts, Exponent = 0, AccessPoints = 1 << 24, Addresses = 3_000_000, Models = 1_000, ForeignDevicePercent = 0 };
        ScoreTraffic traffic = ScoreTraffic.Of(accounts, shape);
        int left = traffic.Count;
        var logs = new ConcurrentQueue<(byte[] Key, byte[] Record)>();
        await service.ScoreAsync(traffic, CallCost.InFlight(stores), () => Interlocked.Decrement(ref left) >= 0, call => Keep(call.Counts.Observation, logs));
        if (records > 1)
        {
            int number = 0;
            IEnumerable<(byte[] Key, byte[] Record)> ownLogs = logs.DistinctBy(static log => Convert.ToHexString(log.Key), StringComparer.Ordinal);
            await Parallel.ForEachAsync(ownLogs, new ParallelOptions { MaxDegreeOfParallelism = AppendsInFlight, CancellationToken = cancellation }, async (log, _) =>
            {
                byte[] earlier = new byte[(records - 1) * WindowRecord.Length];
                Earlier(WindowRecord.Read(log.Record), Interlocked.Increment(ref number), earlier);
                if (await service.Store.AppendAsync(log.Key, earlier, WindowLimits.Retention, TimeSpan.FromSeconds(5)) != StoreStatus.Ok)
                {
                    throw new InvalidOperationException("The store did not take the records.");
                }
            });
        }

        await GrowthWarmup.FillAsync(service, stores, traffic, traffic.Count);
        service.Embedded?.Maintenance.Checkpoint();
        return await CallCost.MeasureAsync(service, stores, traffic, options, cancellation);
    }

    private static void Keep(Observation observation, ConcurrentQueue<(byte[] Key, byte[] Record)> logs)
    {
        for (int i = 0; i < observation.Count; i++)
        {
            if (observation.Value(i).Length == WindowRecord.Length && observation.Key(i).Span[0] == WindowKey.Prefix)
            {
                logs.Enqueue((observation.Key(i).ToArray(), observation.Value(i).ToArray()));
            }
        }
    }

    // The same event again and again in the hours before.
    private static void Earlier(in WindowRecord record, int log, Span<byte> destination)
    {
        int count = destination.Length / WindowRecord.Length;
        for (int i = 0; i < count; i++)
        {
            ulong hash = SplitMix64.Mix(((ulong)log << 16) | (uint)i);
            (record with { TimeMilliseconds = record.TimeMilliseconds - ((count - i) * 60_000L), EventHash = hash }).Write(destination[(i * WindowRecord.Length)..]);
        }
    }
}
