using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Performance;
using KekeStar.Antifraud.Load.Reporting;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>"table": the whole published table in one run, for only ratios of one run travel from machine to machine.</summary>
internal sealed class TableCommand
{
    private static readonly string[] SubjectKeys = [Subject.Echo, Subject.Embedded, Subject.Redis, Subject.SortedSets, Subject.SortedSetsLean, Subject.Stream, Subject.Batch];

    private readonly Option<bool> _quick = new("--quick") { Description = "For review, about two minutes: one round with a short warm-up, unless others are asked for." };
    private readonly Option<int?> _rounds = Optional("--rounds", "How many rounds. Preset: 3; quick: 1.", 1, 100);
    private readonly Option<int?> _warmup = Optional("--warmup", "Seconds of load on each fresh subject before it is measured. Preset: 12; quick: 5.", 1, 600);
    private readonly Option<int?> _seconds = Optional("--seconds", "Seconds of each measurement. Preset: 3; quick: 2.", 1, 600);
    private readonly Option<int> _connections = BoundedOption.Create("--connections", "Connections, each with a thread of its own.", 4, 1, 1_000);
    private readonly Option<int> _streams = BoundedOption.Create("--streams", "Streams open on each connection.", 32, 1, 10_000);
    private readonly Option<int> _messages = BoundedOption.Create("--messages", "Events in flight on each long-lived stream.", 4, 1, 10_000);
    private readonly Option<int> _batch = BoundedOption.Create("--batch", "Events of each ScoreBatch call.", 32, 1, 256);
    private readonly Option<int> _cores = BoundedOption.Create("--cores", "Cores that generator, service and store share; on a machine with fewer, all.", 2, 1, 1_024);
    private readonly Option<string[]> _subjects = new("--subjects") { Description = $"What to measure besides echo and embedded: {string.Join(", ", SubjectKeys)}.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => SubjectKeys };
    private readonly Option<string> _assembly = new("--antifraud") { Description = "Path of antifraud.dll, built in Release. Preset: the one built with this program.", DefaultValueFactory = static _ => ServiceAssembly.Built };
    private readonly Option<string[]> _further = new("--service-arg") { Description = "Further configuration argument of the service, --Key=value. Can be given again.", DefaultValueFactory = static _ => [] };
    private readonly Option<string> _results = new("--results") { Description = "Folder of report.md, report.json and the plots, which are replaced.", DefaultValueFactory = static _ => ReportFolder.Preset };

    private TableCommand() => _subjects.AcceptOnlyFromAmong(SubjectKeys);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var table = new TableCommand();
        var command = new Command("table", "Starts the bare gRPC echo and the service in all its ways in turn, measures them and writes the published table. Exit code 1: there were errors; 2: something to measure is missing or did not start.");
        Array.ForEach<Option>([table._quick, table._rounds, table._warmup, table._seconds, table._connections, table._streams, table._messages, table._batch, table._cores, table._subjects, table._assembly, table._further, table._results], command.Options.Add);
        command.SetAction(table.RunAsync);
        return command;
    }

    private static Option<int?> Optional(string name, string description, int lowest, int highest)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is int value && (value < lowest || value > highest))
            {
                result.AddError($"{name} {value}: give a number from {lowest} to {highest}.");
            }
        });
        return option;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string assembly = parsed.GetRequiredValue(_assembly);
        string? redis = RedisProcess.Version();
        TableOptions options = Options(parsed);
        Subject[] subjects = Subjects(parsed, assembly, options);
        if (Missing(assembly, redis, subjects) is string missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return 2;
        }

        CorePinning.Pin(parsed.GetValue(_cores));
        var machine = MachineFacts.Read();
        PerformanceResults results;
        try
        {
            results = await SeriesProgress.ShowAsync(
                TableRun.Measurements(subjects.Length, options),
                progress => new TableRun(subjects, options, progress).RunAsync(cancellation));
        }
        catch (ServerStartException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        Report report = new TableReport(subjects, options, results).Of(TimeProvider.System.GetUtcNow(), machine);
        string path = ReportFolder.Write(report with { Facts = [.. report.Facts, new ReportFact("redis-server", redis ?? "none")] }, parsed.GetRequiredValue(_results));
        Console.Out.WriteLine(await File.ReadAllTextAsync(path, cancellation));
        Console.Out.WriteLine($"Written: {path} and what stands beside it");
        return results.All.Sum(static result => result.ErrorCount) == 0 ? 0 : 1;
    }

    private TableOptions Options(ParseResult parsed)
    {
        bool quick = parsed.GetValue(_quick);
        return new TableOptions
        {
            Rounds = parsed.GetValue(_rounds) ?? (quick ? 1 : 3),
            Warmup = TimeSpan.FromSeconds(parsed.GetValue(_warmup) ?? (quick ? 5 : 12)),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds) ?? (quick ? 2 : 3)),
            Load = new LoadOptions
            {
                // What differs from measurement to measurement is set for each.
                Target = ChildServer.FreeAddress(),
                Method = LoadMethod.Echo,
                Duration = TimeSpan.Zero,
                Warmup = TimeSpan.Zero,
                Connections = parsed.GetValue(_connections),
                Streams = parsed.GetValue(_streams),
                MessagesPerStream = parsed.GetValue(_messages),
                Batch = parsed.GetValue(_batch),
                Shape = new TrafficShape(),
            },
        };
    }

    private Subject[] Subjects(ParseResult parsed, string assembly, TableOptions options)
    {
        string[] wanted = [Subject.Echo, Subject.Embedded, .. parsed.GetRequiredValue(_subjects)];
        return [.. Subject.All(assembly, parsed.GetRequiredValue(_further), options.Load.Batch).Where(subject => wanted.Contains(subject.Key, StringComparer.Ordinal))];
    }

    private static string? Missing(string assembly, string? redis, Subject[] subjects)
    {
        if (typeof(TableCommand).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true)
        {
            return "This program is built for debugging: its figures mean nothing. Start it with dotnet run -c Release.";
        }

        if (!File.Exists(assembly))
        {
            return $"--antifraud: there is no file '{assembly}'. Build it with: dotnet build -c Release src/KekeStar.Antifraud.Cli";
        }

        return redis is null && subjects.Any(static subject => subject.Key is Subject.Redis or Subject.SortedSets or Subject.SortedSetsLean)
            ? "There is no redis-server. Install it (Debian package redis-server) or give --subjects without redis."
            : null;
    }
}
