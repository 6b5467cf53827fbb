using System.CommandLine;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Cli.Replaying;
using KekeStar.Antifraud.Cli.Samples;
using KekeStar.Antifraud.Cli.Serving;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Demonstration;

/// <summary><c>antifraud demo</c>: the service and the sample traffic in one process, over real gRPC.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Creates the command.</summary>
    /// <param name="terminal">Where to print.</param>
    /// <param name="host">Builds the service from configuration arguments.</param>
    public static Command Create(Terminal terminal, ServiceBuilder host)
    {
        var exit = new Option<bool>("--exit")
        {
            Description = "Stop after the result; exit code 0 if the expected verdicts were given, else 1.",
        };
        var command = new Command("demo", "Start the service here with the embedded store and score the sample traffic.") { exit };
        command.SetAction(async (parsed, cancellation) =>
        {
            // One at a time, so that the same counts are seen in every run.
            var session = new ReplaySession(terminal, SampleTraffic.File) { Now = true, Concurrency = 1 };
            if (session.Check() is not { } survey)
            {
                return ExitCode.BadInput;
            }

            await using var service = await DemoHost.StartAsync(host, cancellation);
            var holds = await ReplayAsync(terminal, session, survey, service, cancellation);
            if (!parsed.GetValue(exit))
            {
                terminal.Screen.MarkupLineInterpolated($"Serving at [bold]{service.Address}[/] until Ctrl+C.");
                await service.ServeAsync(cancellation);
            }

            return holds ? ExitCode.Answered : ExitCode.NotAsExpected;
        });
        return command;
    }

    private static async Task<bool> ReplayAsync(
        Terminal terminal, ReplaySession session, ReplaySurvey survey, DemoHost service, CancellationToken cancellation)
    {
        using var connection = ServiceConnection.Open(service.Address, Deadline, ConnectionFiles.None);
        var tally = await session.RunAsync(survey, connection, cancellation);
        ReplayView.Write(terminal.Screen, tally);
        ReplayView.WriteRate(terminal.Screen, tally);
        var expectations = DemoExpectations.Judge(tally);
        foreach (var expectation in expectations)
        {
            var mark = expectation.Holds ? "[green]as expected[/]" : "[red]NOT AS EXPECTED[/]";
            terminal.Screen.MarkupLine($"{mark}  {Markup.Escape($"{expectation.Text} ({expectation.Seen})")}");
        }

        return expectations.All(e => e.Holds);
    }
}
