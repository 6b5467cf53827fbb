using BenchmarkDotNet.Running;

namespace KekeStar.Antifraud.Benchmarks.Checking;

/// <summary>
/// Measures what has an allocation limit, and nothing else. What breaks its limit is measured again: threads beside it can only
/// add bytes, so that a limit that holds once holds.
/// </summary>
internal static class CheckRun
{
    private const int Attempts = 3;

    /// <summary>Runs the check.</summary>
    /// <param name="arguments">Further arguments for BenchmarkDotNet.</param>
    /// <returns>What broke its limit every time.</returns>
    public static IReadOnlyList<AllocationBreach> Run(string[] arguments)
    {
        var open = AllocationLimits.All;
        IReadOnlyList<AllocationBreach> breaches = [];
        for (var attempt = 0; attempt < Attempts && open.Count > 0; attempt++)
        {
            var summaries = BenchmarkSwitcher.FromAssembly(typeof(CheckRun).Assembly).Run([.. arguments, .. CheckConfig.Arguments(open)], new CheckConfig());
            breaches = AllocationCheck.Breaches(open, summaries, isComplete: true);
            open = [.. breaches.Select(static breach => breach.Limit).Distinct()];
        }

        return breaches;
    }
}
