using System.Globalization;
using KekeStar.Antifraud.Load.Reporting;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>What an event costs by how many entities it names.</summary>
internal sealed class EntitiesSection : IGrowthSection
{
    private const int Accounts = 2_000;

    // In front of each measurement: a log of an account then holds some ten records.
    private const int EarlierEvents = 20_000;

    /// <inheritdoc/>
    public int Steps(GrowthOptions options) => SignalSteps.Count * (options.HasRedis ? 2 : 1);

    /// <inheritdoc/>
    public async Task<ReportSection> RunAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation)
    {
        var found = new List<(int Bytes, int Entities, CallCost Embedded, CallCost? Redis)>();
        ScoreTraffic everything = SignalSteps.Traffic(SignalSteps.Count - 1, Accounts, out _);
        await GrowthWarmup.CompileEmbeddedAsync(everything, options);
        if (options.HasRedis)
        {
            await GrowthWarmup.CompileOverRedisAsync(everything, options, cancellation);
        }

        for (int step = 0; step < SignalSteps.Count; step++)
        {
            progress.Begin($"embedded store, {SignalSteps.Name(step)}");
            (int bytes, int entities, CallCost embedded) = await EmbeddedAsync(step, options, cancellation);
            CallCost? redis = null;
            if (options.HasRedis)
            {
                progress.Begin($"redis-server, {SignalSteps.Name(step)}");
                redis = await RedisAsync(step, options, cancellation);
            }

            found.Add((bytes, entities, embedded, redis));
        }

        return new ReportSection
        {
            Key = "entities",
            Title = "Entities of an event",
            Intro = string.Create(CultureInfo.InvariantCulture, $"CPU time of an event by what its request brings, each row with all above it; {Accounts:N0} accounts and devices. Entities are those whose logs the event is written to."),
            Columns = [new("signals", "signals"), new("bytes", "request bytes"), new("entities", "entities"), new("embedded", "embedded µs/event"), new("perEntity", "of that µs/entity"), new("service", "service over Redis µs/event"), new("redis", "redis-server µs/event")],
            Rows =
            [
                .. found.Select(IReadOnlyList<ReportCell> (one, step) =>
                [
                    SignalSteps.Name(step),
                    ReportCell.Of(one.Bytes, "N0"),
                    ReportCell.Of(one.Entities, "N0"),
                    ReportCell.Of(one.Embedded.Total, "F1"),
                    ReportCell.Of(one.Embedded.Total / one.Entities, "F1"),
                    one.Redis is CallCost redis ? ReportCell.Of(redis.Service, "F1") : ReportCell.None,
                    one.Redis is CallCost store ? ReportCell.Of(store.Store, "F1") : ReportCell.None,
                ]),
            ],
            Plot = new Plot
            {
                Title = "CPU time of an event against its entities",
                X = new PlotAxis("entities"),
                Y = new PlotAxis("µs of CPU"),
                Series =
                [
                    new PlotSeries("embedded store", [.. found.Select(static one => new PlotPoint(one.Entities, one.Embedded.Total))]),
                    .. options.HasRedis ? (PlotSeries[])[new PlotSeries("service and redis-server", [.. found.Select(static one => new PlotPoint(one.Entities, one.Redis!.Value.Total))])] : [],
                ],
            },
        };
    }

    private static async Task<(int Bytes, int Entities, CallCost Cost)> EmbeddedAsync(int step, GrowthOptions options, CancellationToken cancellation)
    {
        await using LocalService service = await LocalService.OnDiskAsync(512L << 20, 8L << 30);
        ScoreTraffic traffic = SignalSteps.Traffic(step, Accounts, out int bytes);
        int entities = 0, asked = 1;
        await service.ScoreAsync(traffic, inFlight: 1, () => asked-- > 0, call => entities = Entities(call.Counts.Observation));
        await GrowthWarmup.FillAsync(service, [], traffic, EarlierEvents);
        service.Embedded!.Maintenance.Checkpoint();
        return (bytes, entities, await CallCost.MeasureAsync(service, [], traffic, options, cancellation));
    }

    private static async Task<CallCost> RedisAsync(int step, GrowthOptions options, CancellationToken cancellation)
    {
        await using ChildServer server = await RedisProcess.StartAsync(cancellation);
        await using LocalService service = await LocalService.OnRedisAsync(server.Address.ToString());
        ScoreTraffic traffic = SignalSteps.Traffic(step, Accounts, out _);
        await GrowthWarmup.FillAsync(service, [server.ProcessId], traffic, EarlierEvents);
        return await CallCost.MeasureAsync(service, [server.ProcessId], traffic, options, cancellation);
    }

    private static int Entities(Observation observation)
    {
        int entities = 0;
        for (int i = 0; i < observation.Count; i++)
        {
            entities += observation.Value(i).Length == WindowRecord.Length && observation.Key(i).Span[0] == WindowKey.Prefix ? 1 : 0;
        }

        return entities;
    }
}
