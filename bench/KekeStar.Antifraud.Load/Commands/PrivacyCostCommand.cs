using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>"privacy-cost": the service with sealed identifiers and cleared memory against the service without.</summary>
internal static class PrivacyCostCommand
{
    private const uint KeyId = 1;

    // For the connections alone; the service was warmed up before.
    private static readonly TimeSpan BeforeEach = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BeforeTogether = TimeSpan.FromSeconds(2);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("privacy-cost", "Starts the service in three modes at once, measures them in turn, round by round, and writes the ratios. Exit code 1: there were errors; 2: a server did not start.");
        Option<int> repeats = BoundedOption.Create("--repeats", "How many times three fresh services are started.", 3, 1, 100);
        Option<int> rounds = BoundedOption.Create("--rounds", "Rounds with the same three services.", 6, 1, 1_000);
        Option<int> prepared = BoundedOption.Create("--prepared", "Requests made beforehand for each connection, twice about 1 KiB each; must last for the warm-up and all rounds of one set.", 196_608, 1, 1_000_000);
        Option<double> togetherRate = BoundedOption.Create("--together-rate", "After the rounds, load on the three services at the same time: calls per second on each.", 1_500.0, 1, 1_000_000);
        Option<double> togetherSeconds = BoundedOption.Create("--together-seconds", "How long that is measured.", 20.0, 0.1, 3_600);
        var results = new Option<string>("--results") { Description = "Where the results are written.", DefaultValueFactory = static _ => Path.Combine("bench", "results") };
        Array.ForEach<Option>([repeats, rounds, prepared, togetherRate, togetherSeconds, results], command.Options.Add);
        var arguments = new LoadArguments(command, warmupSeconds: 15, seconds: 2);
        command.SetAction(async (parsed, cancellation) =>
        {
            var machine = MachineFacts.Read();
            byte[] key = RandomNumberGenerator.GetBytes(SealedFormat.KeyLength);
            string keys = string.Create(CultureInfo.InvariantCulture, $"{{\"keys\": [{{\"id\": {KeyId}, \"key\": \"{Convert.ToBase64String(key)}\"}}]}}");
            using var sealer = new IdentifierSealer(KeyId, key);
            LoadOptions shape = arguments.Options(parsed, ChildServer.FreeAddress(), LoadMethod.Score, []);
            var writer = new RequestWriter(shape.Shape, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));
            var unsealed = new PreparedRequests(writer, shape.Connections, parsed.GetValue(prepared), sealer: null);
            var sealedOnes = new PreparedRequests(writer, shape.Connections, parsed.GetValue(prepared), sealer);
            var measured = new List<IReadOnlyList<IReadOnlyDictionary<string, LoadResult>>>();
            var together = new List<IReadOnlyDictionary<string, LoadResult>>();
            long warmupErrors = 0;
            try
            {
                for (int repeat = 1; repeat <= parsed.GetValue(repeats); repeat++)
                {
                    measured.Add(await RepeatAsync(repeat));
                }
            }
            catch (ServerStartException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return 2;
            }

            string report = PrivacyCostReport.Write(new PrivacyCost(TimeProvider.System.GetUtcNow(), machine, measured, together), parsed.GetRequiredValue(results));
            Console.Out.WriteLine(await File.ReadAllTextAsync(report, cancellation));
            Console.Out.WriteLine($"Written: {report}, {Path.ChangeExtension(report, ".json")}");
            return warmupErrors + measured.SelectMany(static set => set).Concat(together).SelectMany(static round => round.Values).Sum(static result => result.ErrorCount) == 0 ? 0 : 1;

            async Task<IReadOnlyList<IReadOnlyDictionary<string, LoadResult>>> RepeatAsync(int repeat)
            {
                var subjects = new List<PrivacySubject>();
                try
                {
                    foreach (PrivacyMode mode in PrivacyMode.InOrderOf(repeat))
                    {
                        var subject = await PrivacySubject.StartAsync(mode, keys, mode.Sealed ? sealedOnes : unsealed, shape.Connections, cancellation);
                        subjects.Add(subject);
                        warmupErrors += Measure(subject, $"set {repeat}, warm-up", shape.Warmup, TimeSpan.Zero).ErrorCount;
                    }

                    IReadOnlyDictionary<string, LoadResult>[] ofSet =
                    [
                        // The kernel counts CPU time in steps of 10 ms: where a service was given none there is nothing to compare.
                        .. Enumerable.Range(0, parsed.GetValue(rounds)).Select(round => Round(subjects, repeat, round))
                            .Where(static round => round.Values.All(static result => result.Requests > 0 && result.ServerCpuMicroseconds > 0)),
                    ];
                    together.Add(await PrivacyTogether.RunAsync(subjects, shape with { Rate = parsed.GetValue(togetherRate), Warmup = BeforeTogether, Duration = TimeSpan.FromSeconds(parsed.GetValue(togetherSeconds)) }, cancellation));
                    LoadProgress.Console.Write(LoadTable.Of(PrivacyMode.All.Select(mode => ($"together, {mode.Name}", together[^1][mode.Name]))));
                    return ofSet;
                }
                finally
                {
                    foreach (PrivacySubject subject in subjects)
                    {
                        await subject.DisposeAsync();
                    }
                }
            }

            IReadOnlyDictionary<string, LoadResult> Round(List<PrivacySubject> subjects, int repeat, int round)
            {
                var ofRound = new Dictionary<string, LoadResult>(StringComparer.Ordinal);
                foreach (PrivacyMode mode in PrivacyMode.InOrderOf(round))
                {
                    ofRound[mode.Name] = Measure(subjects.Single(subject => subject.Mode == mode), $"set {repeat}, round {round + 1}", shape.Duration, BeforeEach);
                }

                LoadProgress.Console.Write(LoadTable.Of(PrivacyMode.All.Select(mode => (mode.Name, ofRound[mode.Name]))));
                return ofRound;
            }

            LoadResult Measure(PrivacySubject subject, string name, TimeSpan duration, TimeSpan before) => LoadProgress.Show(
                shape with { Target = subject.Server.Address, ServerProcesses = [subject.Server.ProcessId], Duration = duration, Warmup = before },
                $"{name}, {subject.Mode.Name}",
                subject.Requests,
                subject.Numbers,
                cancellation);
        });
        return command;
    }
}
