using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>Measures several services at the same time, so that whatever disturbs one disturbs the others as well.</summary>
internal static class PrivacyTogether
{
    /// <summary>Puts load on all of them and gives the results by mode.</summary>
    /// <param name="subjects">The services.</param>
    /// <param name="options">The load on each.</param>
    /// <param name="cancellation">Ends the measurement early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static async Task<IReadOnlyDictionary<string, LoadResult>> RunAsync(IReadOnlyList<PrivacySubject> subjects, LoadOptions options, CancellationToken cancellation)
    {
        LoadResult[] results = await Task.WhenAll(subjects.Select(subject => Task.Factory.StartNew(
            () => LoadRun.Run(
                options with { Target = subject.Server.Address, ServerProcesses = [subject.Server.ProcessId] },
                subject.Requests,
                subject.Numbers,
                static (_, _) => { },
                cancellation),
            cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        // Each took the generator's whole CPU time for its own, and the other services for others.
        double services = results.Sum(ShareOf);
        return subjects.Zip(results).ToDictionary(
            static pair => pair.First.Mode.Name,
            pair => pair.Second with
            {
                GeneratorCpuMicroseconds = pair.Second.GeneratorCpuMicroseconds * pair.Second.Requests / Math.Max(results.Sum(static result => result.Requests), 1),
                OthersCpuShare = Math.Max(0, pair.Second.OthersCpuShare - services + ShareOf(pair.Second)),
            },
            StringComparer.Ordinal);
    }

    private static double ShareOf(LoadResult result)
        => result.ServerCpuMicroseconds * result.RequestsPerSecond / (1_000_000.0 * Environment.ProcessorCount);
}
