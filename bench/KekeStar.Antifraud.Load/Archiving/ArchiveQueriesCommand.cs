using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Upkeep;
using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Growth;
using KekeStar.Antifraud.Load.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>"archive-queries": how long each question of the dashboard takes.</summary>
internal static class ArchiveQueriesCommand
{
    private const double Goal = 1_000;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("archive-queries", "Asks an archive each question of the dashboard again and again, and writes how long it took. Exit code 1: a question took more than 1 s in the 95th percentile, or was not answered; 2: the archive cannot be read.");
        Option<int> runs = BoundedOption.Create("--runs", "How often each is asked, in turn with the others.", 30, 1, 10_000);
        var only = new Option<string[]>("--only") { Description = "Keys of the questions; none: all.", AllowMultipleArgumentsPerToken = true };
        var directory = new Option<string>("--directory") { Description = "The archive's directory; no service may have it open.", Required = true };
        var results = new Option<string>("--results") { Description = "Where the report is written.", DefaultValueFactory = static _ => ReportFolder.Preset };
        Array.ForEach<Option>([runs, only, directory, results], command.Options.Add);
        command.SetAction(async (parsed, cancellation) =>
        {
            var machine = MachineFacts.Read();
            var options = new ArchiveOptions { Directory = parsed.GetRequiredValue(directory) };
            string[] keys = parsed.GetValue(only) ?? [];
            ArchiveQuery[] queries = [.. ArchiveQuery.All.Where(query => keys.Length == 0 || keys.Contains(query.Key, StringComparer.Ordinal))];
            var catalog = new ArchiveCatalog(options.Directory);
            using var engine = new DuckDbEngine(threads: 1, ArchiveLimits.UpkeepMemoryBytes);
            try
            {
                using var folder = ArchiveFolder.Take(catalog, new FileRewriter(catalog, engine, TimeProvider.System));
                ArchiveHour[] hours = catalog.Hours();
                if (hours.Length == 0)
                {
                    throw new InvalidOperationException("There is no decision in that directory.");
                }

                await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
                var metrics = new ArchiveMetrics(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), catalog);
                using var archive = new DecisionArchive(catalog, new LiveTail(), options, metrics);
                var samples = await ArchiveSamples.TakeAsync(archive, hours[0].Start, hours[^1].End, cancellation);
                var taken = await AskAllAsync(archive, samples, queries, parsed.GetValue(runs), cancellation);
                var report = Describe(machine, options, catalog, samples, queries, taken);
                Console.Out.WriteLine(await File.ReadAllTextAsync(ReportFolder.Write(report, parsed.GetRequiredValue(results)), cancellation));
                return taken.Values.All(static times => times.TrueForAll(static time => time.IsAnswered) && Percentile(times, 0.95) <= Goal) ? 0 : 1;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                await Console.Error.WriteLineAsync(fault.Message);
                return 2;
            }
        });
        return command;
    }

    // In turn, so that what else the machine does meets all questions alike.
    private static async Task<Dictionary<string, List<Taken>>> AskAllAsync(
        DecisionArchive archive, ArchiveSamples samples, ArchiveQuery[] queries, int runs, CancellationToken cancellation)
    {
        var taken = queries.ToDictionary(static query => query.Key, static _ => new List<Taken>(), StringComparer.Ordinal);
        await StepProgress.ShowAsync(runs, async progress =>
        {
            for (int run = 1; run <= runs; run++)
            {
                progress.Begin(string.Create(CultureInfo.InvariantCulture, $"round {run}"));
                foreach (ArchiveQuery query in queries)
                {
                    TimeSpan before = Environment.CpuUsage.TotalTime;
                    long started = Stopwatch.GetTimestamp();
                    ArchiveQueryAnswer answer = await query.AskAsync(archive, samples, cancellation);
                    taken[query.Key].Add(new Taken(
                        Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds, answer.Rows, answer.Status));
                }
            }
        });
        return taken;
    }

    private static Report Describe(
        MachineFacts machine, ArchiveOptions options, ArchiveCatalog catalog, ArchiveSamples samples, ArchiveQuery[] queries, Dictionary<string, List<Taken>> taken) => new()
        {
            Name = "archive-queries",
            Title = "How long questions to the decision archive take",
            At = TimeProvider.System.GetUtcNow(),
            Facts =
        [
            .. machine.Facts(),
            new("decisions", samples.Whole.Total.ToString("N0", CultureInfo.InvariantCulture)),
            new("files, bytes", string.Create(CultureInfo.InvariantCulture, $"{catalog.Count:N0}, {catalog.Bytes / 1e9:F2} GB")),
            new("threads and memory of the questions", string.Create(CultureInfo.InvariantCulture, $"{options.QueryThreads}, {options.QueryMemoryBytes >> 20} MiB")),
        ],
            Sections =
        [
            new()
            {
                Key = "queries",
                Title = "Server time of each question",
                Intro = "From the call of DecisionArchive to its answer. Each time another account, device, place or decision that is there; all questions in turn. The first run of each begins without anything read. CPU time is that of this process: on a busy machine it says more than the clock.",
                Columns = [new("question", "question"), new("runs", "runs"), new("medianMs", "median, ms"), new("p95Ms", "p95, ms"), new("maxMs", "longest, ms"), new("cpuMs", "CPU, ms, median"), new("rows", "rows, median"), new("truncated", "truncated"), new("unanswered", "not answered")],
                Rows =
                [
                    .. queries.Select(query => (IReadOnlyList<ReportCell>)
                    [
                        query.Name,
                        ReportCell.Of(taken[query.Key].Count, "N0"),
                        ReportCell.Of(Percentile(taken[query.Key], 0.5), "N0"),
                        ReportCell.Of(Percentile(taken[query.Key], 0.95), "N0"),
                        ReportCell.Of(Percentile(taken[query.Key], 1), "N0"),
                        ReportCell.Of(PairedRatio.Quantile([.. taken[query.Key].Select(static time => time.CpuMilliseconds)], 0.5), "N0"),
                        ReportCell.Of(PairedRatio.Quantile([.. taken[query.Key].Select(static time => (double)time.Rows)], 0.5), "N0"),
                        ReportCell.Of(taken[query.Key].Count(static time => time.Status == ArchiveStatus.Truncated), "N0"),
                        ReportCell.Of(taken[query.Key].Count(static time => !time.IsAnswered), "N0"),
                    ]),
                ],
            },
        ],
        };

    private static double Percentile(List<Taken> taken, double share) => PairedRatio.Quantile([.. taken.Select(static time => time.Milliseconds)], share);

    private sealed record Taken(double Milliseconds, double CpuMilliseconds, int Rows, ArchiveStatus Status)
    {
        public bool IsAnswered => Status is ArchiveStatus.Ok or ArchiveStatus.Truncated;
    }
}
