using System.CommandLine;
using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Reporting;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>The options that the commands of this folder share, and what each does with its sections.</summary>
internal sealed class GrowthArguments
{
    private readonly Option<int> _mostKeys = BoundedOption.Create("--most-keys", "Most logs of other entities in the store; 10 million take about 4 GiB of memory.", 10_000_000, 10_000, 50_000_000);
    private readonly Option<double> _seconds = BoundedOption.Create("--seconds", "Length of a slice.", 1.0, 0.1, 60);
    private readonly Option<int> _slices = BoundedOption.Create("--slices", "Slices of a measurement; the cheapest counts.", 3, 1, 100);
    private readonly Option<double> _warmup = BoundedOption.Create("--warmup", "Seconds of load before the first measurement.", 10.0, 0, 600);
    private readonly Option<string> _results = new("--results") { Description = "Where the report is written.", DefaultValueFactory = static _ => ReportFolder.Preset };

    /// <summary>Adds the options to a command.</summary>
    public GrowthArguments(Command command) => Array.ForEach<Option>([_mostKeys, _seconds, _slices, _warmup, _results], command.Options.Add);

    /// <summary>Runs sections and writes their report.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">Name of the report's files.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="needsRedis">Whether nothing can be measured without a redis-server.</param>
    /// <param name="sections">The sections.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult parsed, string name, string title, bool needsRedis, IReadOnlyList<IGrowthSection> sections, CancellationToken cancellation)
    {
        string? redis = RedisProcess.Version();
        if (needsRedis && redis is null)
        {
            await Console.Error.WriteLineAsync("There is no redis-server. Install it (Debian package redis-server).");
            return 2;
        }

        var options = new GrowthOptions
        {
            MostKeys = parsed.GetValue(_mostKeys),
            Slice = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            Slices = parsed.GetValue(_slices),
            Warmup = TimeSpan.FromSeconds(parsed.GetValue(_warmup)),
            HasRedis = redis is not null,
        };
        MachineFacts machine = MachineFacts.Read();
        var measured = new List<ReportSection>();
        try
        {
            await StepProgress.ShowAsync(sections.Sum(section => section.Steps(options)), async progress =>
            {
                foreach (IGrowthSection section in sections)
                {
                    measured.Add(await section.RunAsync(options, progress, cancellation));
                }
            });
        }
        catch (ServerStartException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        string path = ReportFolder.Write(
            new Report { Name = name, Title = title, At = TimeProvider.System.GetUtcNow(), Facts = [.. machine.Facts(), new ReportFact("redis-server", redis ?? "none")], Sections = measured },
            parsed.GetRequiredValue(_results));
        Console.Out.WriteLine(await File.ReadAllTextAsync(path, cancellation));
        Console.Out.WriteLine($"Written: {path} and what stands beside it");
        return 0;
    }
}
