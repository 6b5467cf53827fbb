using System.Globalization;
using BenchmarkDotNet.Reports;

namespace KekeStar.Antifraud.Benchmarks.Checking;

/// <summary>Holds what was measured against the limits.</summary>
internal static class AllocationCheck
{
    /// <summary>Finds breaches.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="summaries">What was measured.</param>
    /// <param name="isComplete">True if everything that has a limit should have been measured.</param>
    public static IReadOnlyList<AllocationBreach> Breaches(IReadOnlyList<AllocationLimit> limits, IEnumerable<Summary> summaries, bool isComplete)
    {
        var reports = summaries.SelectMany(static summary => summary.Reports).ToArray();
        var breaches = new List<AllocationBreach>();
        foreach (var limit in limits)
        {
            var measured = reports.Where(report => Is(report, limit)).ToArray();
            if (measured.Length == 0 && isComplete)
            {
                breaches.Add(new AllocationBreach(limit, $"{limit.Benchmarks.Name}.{limit.Method}: not measured. See the run's messages above."));
            }

            breaches.AddRange(measured.Select(report => Breach(report, limit)).OfType<AllocationBreach>());
        }

        return breaches;
    }

    private static bool Is(BenchmarkReport report, AllocationLimit limit) =>
        report.BenchmarkCase.Descriptor.Type == limit.Benchmarks
        && string.Equals(report.BenchmarkCase.Descriptor.WorkloadMethod.Name, limit.Method, StringComparison.Ordinal);

    private static AllocationBreach? Breach(BenchmarkReport report, AllocationLimit limit)
    {
        var what = $"{limit.Benchmarks.Name}.{limit.Method}{Parameters(report)}";
        if (!report.Success || report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) is not { } bytes)
        {
            return new AllocationBreach(limit, $"{what}: no result. See the run's messages above.");
        }

        return bytes <= limit.Bytes + AllocationLimits.BackgroundBytes
            ? null
            : new AllocationBreach(
                limit,
                string.Create(CultureInfo.InvariantCulture, $"{what}: {bytes} bytes per operation, {limit.Bytes} allowed. What to do: {limit.Remedy}."));
    }

    private static string Parameters(BenchmarkReport report) =>
        report.BenchmarkCase.HasParameters ? $"({report.BenchmarkCase.Parameters.DisplayInfo})" : string.Empty;
}
