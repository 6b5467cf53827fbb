using System.CommandLine;
using System.Security.Cryptography;
using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Targets;
using Spectre.Console;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>"compare": the service against the echo, in turn and in one run, for only ratios travel from machine to machine.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("compare", "Starts the echo and the service in turn, round by round, and writes the ratio of their calls per second. Exit code 1: there were errors; 2: a server did not start.");
        Option<int> rounds = BoundedOption.Create("--rounds", "How many rounds.", 3, 1, 100);
        var store = new Option<string>("--store") { Description = "Store of the service.", DefaultValueFactory = static _ => "both" };
        store.AcceptOnlyFromAmong("embedded", "redis", "both");
        var assembly = new Option<string>("--antifraud") { Description = "Path of antifraud.dll, built in Release.", Required = true };
        var further = new Option<string[]>("--service-arg") { Description = "Further configuration argument of the service, --Key=value. Can be given again.", DefaultValueFactory = static _ => [] };
        var results = new Option<string>("--results") { Description = "Where the results are written.", DefaultValueFactory = static _ => Path.Combine("bench", "results") };
        Array.ForEach<Option>([rounds, store, assembly, further, results], command.Options.Add);

        // Longer than that of "run": each server starts anew and its hot paths are compiled again.
        // The service's methods are compiled anew in the background for about ten seconds of load: measured after 3 s it
        // seemed to need more than twice the CPU time per call.
        var arguments = new LoadArguments(command, warmupSeconds: 15);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(assembly);
            if (!File.Exists(path))
            {
                await Console.Error.WriteLineAsync($"--antifraud: there is no file '{path}'. Build it with: dotnet build -c Release src/KekeStar.Antifraud.Cli");
                return 2;
            }

            string wanted = parsed.GetRequiredValue(store);
            Subject[] subjects =
            [
                Subject.Echo,
                .. Enum.GetValues<ServiceStore>()
                    .Where(kind => wanted == "both" || wanted.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase))
                    .Select(kind => Subject.Service(kind, path, parsed.GetRequiredValue(further))),
            ];
            var machine = MachineFacts.Read();
            var measured = new List<IReadOnlyDictionary<string, LoadResult>>();
            try
            {
                for (int round = 1; round <= parsed.GetValue(rounds); round++)
                {
                    measured.Add(await RoundAsync(round));
                }
            }
            catch (ServerStartException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return 2;
            }

            var comparison = new Comparison(TimeProvider.System.GetUtcNow(), machine, measured);
            string report = ComparisonReport.Write(comparison, parsed.GetRequiredValue(results));
            Console.Out.WriteLine(await File.ReadAllTextAsync(report, cancellation));
            Console.Out.WriteLine($"Written: {report}, {Path.ChangeExtension(report, ".json")}");
            return measured.SelectMany(static round => round.Values).Sum(static result => result.ErrorCount) == 0 ? 0 : 1;

            async Task<IReadOnlyDictionary<string, LoadResult>> RoundAsync(int round)
            {
                var ofRound = new Dictionary<string, LoadResult>(StringComparer.Ordinal);
                foreach (Subject subject in subjects)
                {
                    ofRound[subject.Name] = await MeasureAsync(subject, $"round {round}, {subject.Name}", servers => arguments.Options(parsed, servers.Peek().Address, subject.Method, [.. servers.Select(static server => server.ProcessId)]), cancellation);
                }

                LoadProgress.Console.Write(LoadTable.Of(ofRound.Select(static pair => (pair.Key, pair.Value))));
                return ofRound;
            }
        });
        return command;
    }

    private static async Task<LoadResult> MeasureAsync(Subject subject, string name, Func<Stack<ChildServer>, LoadOptions> options, CancellationToken cancellation)
    {
        Stack<ChildServer> servers = await subject.StartAsync(cancellation);
        try
        {
            return LoadProgress.Show(options(servers), name, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), cancellation);
        }
        finally
        {
            await Subject.StopAsync(servers);
        }
    }
}
