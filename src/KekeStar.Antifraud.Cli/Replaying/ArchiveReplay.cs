using System.Diagnostics;
using System.Globalization;
using KekeStar.Antifraud.Simulation.Replaying;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>Replays a file of <c>antifraud simulate</c> through the hot path in this process and sums up by segment and adversary.</summary>
internal static class ArchiveReplay
{
    private const int ProgressEvery = 1_024;

    private static readonly Verdict[] Shown = [Verdict.Review, Verdict.Challenge, Verdict.Reject];

    /// <summary>Replays the file.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Terminal terminal, string path, ReplayOptions options, CancellationToken cancellation)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            var rows = await TrafficFileReader.CountAsync(path);
            var result = await terminal.Screen.Progress().StartAsync(context =>
            {
                var bar = context.AddTask("Replaying", maxValue: rows);
                var replayed = 0;
                return TrafficReplay.RunAsync(
                    path,
                    options,
                    () =>
                    {
                        if (++replayed % ProgressEvery == 0)
                        {
                            bar.Value = replayed;
                        }
                    },
                    cancellation);
            });
            Write(terminal.Screen, result);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
            terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Decisions:N0} decisions in {elapsed:N0} s, {result.Decisions / elapsed:N0} per second. Outcomes: {result.Reports:N0} reported, {result.Forgotten:N0} of them too late, {result.Withheld:N0} that the verdicts made none."));
            terminal.Output.WriteLine($"Archive and {LabelSchema.FileName}: {options.Archive}");
            return ExitCode.Answered;
        }
        catch (Exception fault) when (fault is TrafficFileException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return terminal.Fail(ExitCode.BadInput, fault.Message);
        }
    }

    private static void Write(IAnsiConsole screen, ReplayResult result)
    {
        var table = new Table().Border(TableBorder.Rounded);
        // Fits 80 columns.
        table.AddColumn(new TableColumn("Actor").NoWrap());
        table.AddColumn(new TableColumn("Label").NoWrap());
        foreach (var head in (string[])["Events", .. Shown.Select(static verdict => verdict.ToString().ToUpperInvariant())])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        foreach (var actor in result.Actors)
        {
            table.AddRow(
            [
                actor.Actor,
                !actor.IsAbusive ? "honest" : actor.IsUnseen ? "unseen" : "abusive",
                actor.Events.ToString("N0", CultureInfo.InvariantCulture),
                .. Shown.Select(verdict => actor.ShareOf(verdict).ToString("0.000 %", CultureInfo.InvariantCulture)),
            ]);
        }

        screen.Write(table);
    }
}
