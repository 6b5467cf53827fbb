using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Simulating;

/// <summary><c>antifraud simulate</c>: the traffic of a made-up world, with labels.</summary>
internal static class SimulateCommand
{
    private const string Parquet = "parquet";
    private const string JsonLines = "jsonl";
    private const int UsualDays = 14;
    private const long UsualEvents = 200_000;
    private const int BufferBytes = 1024 * 1024;

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var parameters = new Option<string?>("--parameters") { Description = "Parameter file (docs/simulation.md). Default: the shipped one." };
        var seed = new Option<int>("--seed") { Description = "The same one gives the same traffic.", DefaultValueFactory = static _ => 1 };
        var days = Bounded("--days", "Days that are told.", UsualDays, 1, TrafficSimulation.MostDays);
        var events = Bounded("--events", "Events, about; outcomes come on top.", UsualEvents, TrafficSimulation.LeastEvents, TrafficSimulation.MostEvents);
        var start = new Option<string?>("--start") { Description = "First day, such as 2026-09-07; it begins at midnight in China. Default: 2026-09-07." };
        var path = new Option<string>("--out") { Description = "File to write.", Required = true };
        var format = new Option<string>("--format") { Description = "parquet (for replay --archive) or jsonl (for replay against a service).", DefaultValueFactory = static _ => Parquet };
        format.AcceptOnlyFromAmong(Parquet, JsonLines);
        start.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && DayOf(result.Tokens[0].Value) is null)
            {
                result.AddError("--start: A day such as 2026-09-07 is expected.");
            }
        });
        var command = new Command("simulate", "Write the traffic of a made-up world of honest people and adversaries, with labels. Exit code: 0 written, 2 the input is wrong.")
        {
            parameters, seed, days, events, start, path, format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var simulation = new TrafficSimulation(
                    Read(terminal, parsed.GetValue(parameters)),
                    parsed.GetValue(seed),
                    parsed.GetValue(days),
                    parsed.GetValue(events),
                    DayOf(parsed.GetValue(start)) ?? TrafficSimulation.UsualStart);
                await WriteAsync(terminal, simulation, parsed.GetRequiredValue(path), parsed.GetValue(format) == JsonLines, cancellation);
                return ExitCode.Answered;
            }
            catch (ParameterException fault)
            {
                return terminal.Fail(ExitCode.BadInput, $"{parsed.GetValue(parameters)}: {fault.Message}");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return terminal.Fail(ExitCode.BadInput, fault.Message);
            }
        });
        return command;
    }

    private static async Task WriteAsync(Terminal terminal, TrafficSimulation simulation, string path, bool asLines, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes);
        await using ITrafficWriter writer = asLines
            ? new TrafficLineWriter(stream, simulation.Start.ToUnixTimeMilliseconds())
            : await TrafficFileWriter.BeginAsync(stream);
        var (events, reports) = await terminal.Screen.Progress().StartAsync(context =>
        {
            var bar = context.AddTask("Simulating", maxValue: 1);
            return simulation.RunAsync(writer, share => bar.Value = share, cancellation);
        });
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{events:N0} events and {reports:N0} outcomes of {simulation.Days} days from {simulation.Start:yyyy-MM-dd} on, seed {simulation.Seed}: {new FileInfo(path).Length / 1e6:N1} MB in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s."));
    }

    private static SimulationParameters Read(Terminal terminal, string? path)
    {
        if (path is null)
        {
            return SimulationParameters.Shipped();
        }

        using var file = terminal.Open(path);
        using var text = new MemoryStream();
        file.CopyTo(text);
        return SimulationParameters.Parse(text.ToArray());
    }

    private static DateTimeOffset? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, DayRhythm.Zone)
            : null;

    private static Option<T> Bounded<T>(string name, string description, T preset, T least, T most)
        where T : struct, IComparable<T>
    {
        var option = new Option<T>(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} {least} to {most}; default: {preset}."),
            DefaultValueFactory = _ => preset,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<T>() is var value && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: {least} to {most} is allowed."));
            }
        });
        return option;
    }
}
