using System.Diagnostics;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>Load before a measurement.</summary>
internal static class GrowthWarmup
{
    // By then the code is compiled for good, however busy the machine is.
    private const int FirstEvents = 60_000;

    /// <summary>
    /// Scores for the warm-up, until the code is compiled for good. What it leaves in the logs differs with the machine, so a
    /// store whose cost is compared with another's must not be the one that is warmed up.
    /// </summary>
    public static Task CompileAsync(LocalService service, IReadOnlyList<int> stores, ScoreTraffic traffic, GrowthOptions options)
    {
        int left = options.Warmup > TimeSpan.Zero ? Math.Max(traffic.Count, FirstEvents) : 0;
        long begun = Stopwatch.GetTimestamp();
        return service.ScoreAsync(traffic, CallCost.InFlight(stores), () => Interlocked.Decrement(ref left) >= 0 || Stopwatch.GetElapsedTime(begun) < options.Warmup);
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
}
