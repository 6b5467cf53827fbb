using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Reporting;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>"archive-cost": the service with records, roll-ups and dashboard against the service without, in turn.</summary>
internal static class ArchiveCostCommand
{
    private const double Goal = 0.95;
    private const string On = "on";
    private const string Off = "off";

    // What was decided in the last seconds of a slice is written, summed up and merged before the other service's turn: ten seconds of
    // Antifraud:Archive:FlushInterval and two looks of the upkeep.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BeforeEach = TimeSpan.FromMilliseconds(500);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("archive-cost", "Starts the service with the decision archive and the dashboard, and without both, measures them in turn and writes the ratio of their throughput. Exit code 1: it is below 0.95, or there were errors; 2: a server did not start.");
        Option<int> repeats = BoundedOption.Create("--repeats", "How many times two fresh services are started.", 2, 1, 100);
        Option<int> rounds = BoundedOption.Create("--rounds", "Rounds with the same two services.", 4, 1, 1_000);
        var results = new Option<string>("--results") { Description = "Where the report is written.", DefaultValueFactory = static _ => ReportFolder.Preset };
        Array.ForEach<Option>([repeats, rounds, results], command.Options.Add);
        var arguments = new LoadArguments(command, warmupSeconds: 15, seconds: 20);
        command.SetAction(async (parsed, cancellation) =>
        {
            var machine = MachineFacts.Read();
            LoadOptions load = arguments.Options(parsed, ChildServer.FreeAddress(), LoadMethod.Score, []);
            var measured = new List<List<Dictionary<string, LoadResult>>>();
            long dropped = 0;
            try
            {
                for (int repeat = 1; repeat <= parsed.GetValue(repeats); repeat++)
                {
                    await using ChildServer on = await StartAsync($"--Antifraud:Dashboard:Listen=http://{ChildServer.FreeAddress()}");
                    await using ChildServer off = await StartAsync("--Antifraud:Archive:Directory=");
                    var ofRepeat = new List<Dictionary<string, LoadResult>>();
                    await Measure(on, On, repeat, round: 0, load.Warmup);
                    await Measure(off, Off, repeat, round: 0, load.Warmup);
                    for (int round = 1; round <= parsed.GetValue(rounds); round++)
                    {
                        // Now the one first, now the other.
                        var ofRound = new Dictionary<string, LoadResult>(StringComparer.Ordinal);
                        foreach (string mode in round % 2 == 0 ? (string[])[On, Off] : [Off, On])
                        {
                            ofRound[mode] = await Measure(mode == On ? on : off, mode, repeat, round, BeforeEach);
                        }

                        ofRepeat.Add(ofRound);
                        LoadProgress.Console.Write(LoadTable.Of(ofRound.Select(static result => (result.Key, result.Value))));
                    }

                    measured.Add(ofRepeat);
                    using var probe = new AllocationProbe(on.Address);
                    dropped += await probe.ReadAsync("antifraud_records_dropped_total") ?? 0;
                }
            }
            catch (ServerStartException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return 2;
            }

            PairedRatio throughput = Ratio(measured, static result => result.RequestsPerSecond);
            string report = ReportFolder.Write(Describe(machine, load, measured, throughput, dropped), parsed.GetRequiredValue(results));
            Console.Out.WriteLine(await File.ReadAllTextAsync(report, cancellation));
            return throughput.Median >= Goal && All(measured).All(static result => result.ErrorCount == 0) ? 0 : 1;

            Task<ChildServer> StartAsync(string setting) => ServiceProcess.StartAsync(ServiceAssembly.Built, ServiceStore.Embedded, redis: null, [setting], cancellation);

            async Task<LoadResult> Measure(ChildServer server, string mode, int repeat, int round, TimeSpan before)
            {
                LoadResult result = LoadProgress.Show(
                    load with { Target = server.Address, ServerProcesses = [server.ProcessId], Warmup = before },
                    string.Create(CultureInfo.InvariantCulture, $"set {repeat}, {(round == 0 ? "warm-up" : $"round {round}")}, archive {mode}"),
                    BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)),
                    cancellation);
                if (mode == On)
                {
                    await Task.Delay(Settling, cancellation);
                }

                return result;
            }
        });
        return command;
    }

    private static IEnumerable<LoadResult> All(List<List<Dictionary<string, LoadResult>>> measured) =>
        measured.SelectMany(static repeat => repeat).SelectMany(static round => round.Values);

    private static PairedRatio Ratio(List<List<Dictionary<string, LoadResult>>> measured, Func<LoadResult, double> figure) =>
        PairedRatio.Of([.. measured.Select(repeat => repeat.Select(round => figure(round[On]) / figure(round[Off])).ToArray())]);

    private static Report Describe(
        MachineFacts machine, LoadOptions load, List<List<Dictionary<string, LoadResult>>> measured, PairedRatio throughput, long dropped)
    {
        PairedRatio cpu = Ratio(measured, static result => result.ServerCpuMicroseconds);
        return new Report
        {
            Name = "archive-cost",
            Title = "What records, roll-ups and the dashboard cost",
            At = TimeProvider.System.GetUtcNow(),
            Facts = [.. machine.Facts(), new("CPU of others, median", string.Create(CultureInfo.InvariantCulture, $"{PairedRatio.Quantile([.. All(measured).Select(static result => result.OthersCpuShare)], 0.5):P0} of the machine"))],
            Sections =
            [
                new()
                {
                    Key = "archive",
                    Title = "Archive and dashboard on ÷ off",
                    Intro = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{measured.Count} × two fresh services with the embedded store and its append-only file, {measured[0].Count} rounds of {load.Duration.TotalSeconds} s each, in turn; {load.Connections} connections × {load.Streams} streams, closed loop. On: the archive with its settings as shipped, and the dashboard listening and counting. After each of its turns {Settling.TotalSeconds} s for what is still to be written."),
                    Columns = [new("mode", "archive"), new("callsPerSecond", "calls/s, median"), new("serverMicroseconds", "service µs CPU/call, median"), new("p99Ms", "p99, ms, median"), new("ratio", "ratio of calls/s (middle half)"), new("cpuRatio", "ratio of CPU/call (middle half)")],
                    Rows = [Row(On, Text(throughput), Text(cpu)), Row(Off, ReportCell.Of(1, "F3"), ReportCell.Of(1, "F3"))],
                    Notes =
                    [
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Goal: at least {Goal:F2} of the throughput. Records dropped: {dropped:N0}. Errors: {All(measured).Sum(static result => result.ErrorCount)}. Degraded answers: {All(measured).Max(static result => result.DegradedShare):P2} at most."),
                    ],
                },
            ],
        };

        IReadOnlyList<ReportCell> Row(string mode, ReportCell ratio, ReportCell cpuRatio) =>
        [
            mode,
            ReportCell.Of(Median(mode, static result => result.RequestsPerSecond), "N0"),
            ReportCell.Of(Median(mode, static result => result.ServerCpuMicroseconds), "F1"),
            ReportCell.Of(Median(mode, static result => result.P99Ms), "F1"),
            ratio,
            cpuRatio,
        ];

        double Median(string mode, Func<LoadResult, double> figure) =>
            PairedRatio.Quantile([.. measured.SelectMany(static repeat => repeat).Select(round => figure(round[mode]))], 0.5);
    }

    private static ReportCell Text(PairedRatio ratio) => new(
        string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:F3} ({ratio.LowerQuartile:F3} to {ratio.UpperQuartile:F3})"), ratio.Median);
}
