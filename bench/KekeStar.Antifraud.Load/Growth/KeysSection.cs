using System.Globalization;
using KekeStar.Antifraud.Load.Reporting;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>What an event costs with few and with many logs of others in the store.</summary>
internal sealed class KeysSection : IGrowthSection
{
    private const int LeastKeys = 10_000;
    private const int Accounts = 1_000;
    private const int Requests = 16_384;

    // The same in front of each level's measurement, so that the logs of the events are as full at all of them.
    private const int EarlierEvents = 65_536;

    // A log of one to ten records takes 290 bytes in the record log, its room to grow included.
    private const long MemoryPerKey = 400;

    /// <inheritdoc/>
    public int Steps(GrowthOptions options) => Levels(options).Count * (options.HasRedis ? 2 : 1) * 2;

    /// <inheritdoc/>
    public async Task<ReportSection> RunAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation)
    {
        List<(int Keys, CallCost Cost)> embedded = await EmbeddedAsync(options, progress, cancellation);
        List<(int Keys, CallCost Cost)> redis = options.HasRedis ? await RedisAsync(options, progress, cancellation) : [];
        double ofEmbedded = embedded[^1].Cost.Total / embedded[0].Cost.Total;
        return new ReportSection
        {
            Key = "keys",
            Title = "Keys in the store",
            Intro = $"CPU time of an event (895 bytes in, its reply out, without the network) while the store holds logs of other entities, one to ten records each. Traffic: {Accounts} accounts, all alike busy, and their logs besides. Goal: the most ÷ the fewest ≤ 1.3.",
            Columns = [new("store", "store"), new("keys", "keys of others"), new("service", "service µs/event"), new("redis", "redis-server µs/event"), new("total", "sum µs/event"), new("ratio", "÷ fewest keys")],
            Rows = [.. Rows("embedded", embedded), .. Rows("redis-server", redis)],
            Notes =
            [
                Text($"Embedded: {ofEmbedded:F2} times as much at {embedded[^1].Keys:N0} keys as at {embedded[0].Keys:N0} (goal 1.3: {(ofEmbedded <= 1.3 ? "met" : "missed")})."),
                .. redis.Count == 0 ? (string[])[] : [Text($"Redis: {redis[^1].Cost.Total / redis[0].Cost.Total:F2} times (goal 1.3: {(redis[^1].Cost.Total / redis[0].Cost.Total <= 1.3 ? "met" : "missed")}).")],
                "Each row is the cheapest slice. With the embedded store MemoryBytes is 512 MiB, or the power of two above 400 bytes for each key where that is more.",
            ],
            Plot = new Plot
            {
                Title = "CPU time of an event against keys in the store",
                X = new PlotAxis("keys of other entities", Logarithmic: true),
                Y = new PlotAxis("µs of CPU"),
                Series = [.. Series("embedded store", embedded), .. Series("service and redis-server", redis)],
            },
        };
    }

    private static List<int> Levels(GrowthOptions options)
    {
        var levels = new List<int>();
        for (long keys = LeastKeys; keys <= options.MostKeys; keys *= 10)
        {
            levels.Add((int)keys);
        }

        return levels;
    }

    private static IEnumerable<IReadOnlyList<ReportCell>> Rows(string store, List<(int Keys, CallCost Cost)> levels)
        => levels.Select(IReadOnlyList<ReportCell> (level) =>
        [
            store,
            ReportCell.Of(level.Keys, "N0"),
            ReportCell.Of(level.Cost.Service, "F1"),
            level.Cost.Store > 0 ? ReportCell.Of(level.Cost.Store, "F1") : ReportCell.None,
            ReportCell.Of(level.Cost.Total, "F1"),
            ReportCell.Of(level.Cost.Total / levels[0].Cost.Total, "F2"),
        ]);

    private static IEnumerable<PlotSeries> Series(string name, List<(int Keys, CallCost Cost)> levels)
        => levels.Count == 0 ? [] : [new PlotSeries(name, [.. levels.Select(static level => new PlotPoint(level.Keys, level.Cost.Total))])];

    private static ScoreTraffic NewTraffic() => ScoreTraffic.Of(Requests, new TrafficShape { Accounts = Accounts, Exponent = 0 });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static async Task<List<(int Keys, CallCost Cost)>> EmbeddedAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation)
    {
        await GrowthWarmup.CompileEmbeddedAsync(NewTraffic(), options);
        var costs = new List<(int Keys, CallCost Cost)>();
        foreach (int keys in Levels(options))
        {
            progress.Begin(Text($"embedded store, fill with {keys:N0} keys"));
            long memory = Math.Max(new EmbeddedStoreOptions().MemoryBytes, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(keys * MemoryPerKey)));
            await using LocalService service = await LocalService.OnDiskAsync(memory, diskBytes: 8 * memory);
            OtherLogs.Fill(service.Store, 0, keys, progress.At, cancellation);
            progress.Begin(Text($"embedded store with {keys:N0} keys"));
            ScoreTraffic traffic = NewTraffic();
            await GrowthWarmup.FillAsync(service, [], traffic, EarlierEvents);

            // No checkpoint of the filling falls into the measurement.
            service.Embedded!.Maintenance.Checkpoint();
            costs.Add((keys, await CallCost.MeasureAsync(service, [], traffic, options, cancellation)));
        }

        return costs;
    }

    private static async Task<List<(int Keys, CallCost Cost)>> RedisAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation)
    {
        await GrowthWarmup.CompileOverRedisAsync(NewTraffic(), options, cancellation);
        var costs = new List<(int Keys, CallCost Cost)>();
        foreach (int keys in Levels(options))
        {
            progress.Begin(Text($"redis-server, fill with {keys:N0} keys"));
            // A server of its own for each level: else the later ones had fuller logs.
            await using ChildServer redis = await RedisProcess.StartAsync(cancellation);
            await using LocalService service = await LocalService.OnRedisAsync(redis.Address.ToString());
            OtherLogs.Fill(redis.Address, 0, keys, progress.At, cancellation);
            progress.Begin(Text($"redis-server with {keys:N0} keys"));
            ScoreTraffic traffic = NewTraffic();
            await GrowthWarmup.FillAsync(service, [redis.ProcessId], traffic, EarlierEvents);
            costs.Add((keys, await CallCost.MeasureAsync(service, [redis.ProcessId], traffic, options, cancellation)));
        }

        return costs;
    }
}
