using System.Text.Json;

namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>Runs the benchmarks of a commit once and reads what they report.</summary>
internal static class BenchmarkRun
{
    private const string Prefix = "KekeStar.Antifraud.Benchmarks.";

    // Many iterations that are shorter than a busy machine's time slices: then some of them are disturbed by nobody.
    private static readonly string[] Profile = ["--iterationTime", "5", "--iterationCount", "60", "--warmupCount", "40"];

    /// <summary>Runs them in a process of their own.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="filters">BenchmarkDotNet's filters.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By the name of the benchmark; the shortest iteration of each, which was disturbed least. What failed is missing.</returns>
    public static async Task<Dictionary<string, Figure>> RunAsync(CommitBuild commit, IEnumerable<string> filters, CancellationToken cancellation)
    {
        var results = Directory.CreateTempSubdirectory("antifraud-figures-");
        try
        {
            string[] arguments =
            [
                commit.BenchmarksAssembly, "--inProcess", "--job", "short", .. Profile, "--artifacts", results.FullName, "--filter", .. filters,
            ];

            // Its exit code may speak of allocation limits; what counts is what it reports.
            await ToolProcess.RunAsync(results.FullName, "dotnet", arguments, cancellation);
            var figures = new Dictionary<string, Figure>(StringComparer.Ordinal);
            foreach (var report in results.EnumerateFiles("*-report-brief.json", SearchOption.AllDirectories))
            {
                await using var stream = report.OpenRead();
                using var document = await JsonDocument.ParseAsync(stream, default, cancellation);
                Read(document.RootElement, figures);
            }

            return figures;
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static void Read(JsonElement root, Dictionary<string, Figure> figures)
    {
        foreach (var benchmark in root.GetProperty("Benchmarks").EnumerateArray())
        {
            if (benchmark.TryGetProperty("Statistics", out var statistics) && statistics.ValueKind == JsonValueKind.Object)
            {
                double? bytes = benchmark.TryGetProperty("Memory", out var memory) && memory.ValueKind == JsonValueKind.Object
                    ? memory.GetProperty("BytesAllocatedPerOperation").GetDouble()
                    : null;
                var name = benchmark.GetProperty("FullName").GetString()!;
                figures[name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name] =
                    new Figure(statistics.GetProperty("Min").GetDouble(), bytes);
            }
        }
    }
}
