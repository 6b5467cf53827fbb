using System.Diagnostics;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>Load before a measurement.</summary>
internal static class GrowthWarmup
{
    // By then the code is compiled for good, however busy the machine is.
    private const int FirstEvents = 60_000;

    /// <summary>Scores each request of the traffic once, so that its logs exist, and goes on for the warm-up where the code is still fresh.</summary>
    public static Task RunAsync(LocalService service, IReadOnlyList<int> stores, ScoreTraffic traffic, GrowthOptions options, bool isFirst)
    {
        int left = isFirst && options.Warmup > TimeSpan.Zero ? Math.Max(traffic.Count, FirstEvents) : traffic.Count;
        long begun = Stopwatch.GetTimestamp();
        return service.ScoreAsync(traffic, CallCost.InFlight(stores), () => Interlocked.Decrement(ref left) >= 0 || (isFirst && Stopwatch.GetElapsedTime(begun) < options.Warmup));
    }
}
