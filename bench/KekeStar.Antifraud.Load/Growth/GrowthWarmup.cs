using System.Diagnostics;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// Load before a measurement. The code is warmed up on a store of its own: what that leaves in the logs differs with the machine.
/// The stores whose costs are compared get the same number of events.
/// </summary>
internal static class GrowthWarmup
{
    // By then the code is compiled for good, however busy the machine is.
    private const int FirstEvents = 60_000;

    /// <summary>Scores over an embedded store of its own until the code is compiled for good.</summary>
    public static async Task CompileEmbeddedAsync(ScoreTraffic traffic, GrowthOptions options)
    {
        var usual = new EmbeddedStoreOptions();
        await using LocalService service = await LocalService.OnDiskAsync(usual.MemoryBytes, usual.MaxDiskBytes);
        await CompileAsync(service, [], traffic, options);
    }

    /// <summary>Scores over a redis-server of its own until the code is compiled for good.</summary>
    public static async Task CompileOverRedisAsync(ScoreTraffic traffic, GrowthOptions options, CancellationToken cancellation)
    {
        await using ChildServer server = await RedisProcess.StartAsync(cancellation);
        await using LocalService service = await LocalService.OnRedisAsync(server.Address.ToString());
        await CompileAsync(service, [server.ProcessId], traffic, options);
    }

    /// <summary>Scores a number of events, the same for all that are compared: each of their logs is as full.</summary>
    /// <param name="service">What scores.</param>
    /// <param name="stores">Processes of the redis-servers.</param>
    /// <param name="traffic">The events.</param>
    /// <param name="events">How many.</param>
    public static Task FillAsync(LocalService service, IReadOnlyList<int> stores, ScoreTraffic traffic, int events)
    {
        int left = events;
        return service.ScoreAsync(traffic, CallCost.InFlight(stores), () => Interlocked.Decrement(ref left) >= 0);
    }

    private static Task<long> CompileAsync(LocalService service, IReadOnlyList<int> stores, ScoreTraffic traffic, GrowthOptions options)
    {
        int left = options.Warmup > TimeSpan.Zero ? Math.Max(traffic.Count, FirstEvents) : 0;
        long begun = Stopwatch.GetTimestamp();
        return service.ScoreAsync(traffic, CallCost.InFlight(stores), () => Interlocked.Decrement(ref left) >= 0 || Stopwatch.GetElapsedTime(begun) < options.Warmup);
    }
}
