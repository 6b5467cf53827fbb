using System.Diagnostics;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>Load before a measurement.</summary>
internal static class GrowthWarmup
{
    /// <summary>Scores each request of the traffic once, so that its logs exist, and goes on for the warm-up where the code is still fresh.</summary>
    public static Task RunAsync(LocalService service, IReadOnlyList<int> stores, ScoreTraffic traffic, GrowthOptions options, bool isFirst)
    {
        int left = traffic.Count;
        long begun = Stopwatch.GetTimestamp();
        return service.ScoreAsync(traffic, CallCost.InFlight(stores), () => Interlocked.Decrement(ref left) >= 0 || (isFirst && Stopwatch.GetElapsedTime(begun) < options.Warmup));
    }
}
