using System.CommandLine;
using KekeStar.Antifraud.Cli.Auditing;
using KekeStar.Antifraud.Cli.Backtesting;
using KekeStar.Antifraud.Cli.Demonstration;
using KekeStar.Antifraud.Cli.Explaining;
using KekeStar.Antifraud.Cli.Keys;
using KekeStar.Antifraud.Cli.Learning;
using KekeStar.Antifraud.Cli.Listing;
using KekeStar.Antifraud.Cli.Policies;
using KekeStar.Antifraud.Cli.Privacy;
using KekeStar.Antifraud.Cli.Probing;
using KekeStar.Antifraud.Cli.Replaying;
using KekeStar.Antifraud.Cli.Reporting;
using KekeStar.Antifraud.Cli.Samples;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.Cli.Sealing;
using KekeStar.Antifraud.Cli.Serving;
using KekeStar.Antifraud.Cli.Simulating;
using KekeStar.Antifraud.Cli.Tables;

namespace KekeStar.Antifraud.Cli;

/// <summary>The commands of <c>antifraud</c>.</summary>
internal static class CommandTree
{
    /// <summary>Creates the root command.</summary>
    /// <param name="terminal">Where the commands read and write.</param>
    /// <param name="host">Builds the service from configuration arguments.</param>
    public static RootCommand Create(Terminal terminal, ServiceBuilder host) =>
        new("Real-time anti-fraud scoring of registrations, logins and messages.")
        {
            ServeCommand.Create(terminal, host),
            DemoCommand.Create(terminal, host),
            HealthCommand.Create(terminal),
            ScoreCommand.Create(terminal),
            ReportCommand.Create(terminal),
            ReplayCommand.Create(terminal),
            SimulateCommand.Create(terminal),
            BacktestCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            PolicyCommand.Create(terminal),
            TrainCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            ListCommand.Create(terminal),
            PrivacyCommand.Create(terminal),
            KeysCommand.Create(terminal),
            AuditCommand.Create(terminal),
            SealingCommand.Create(terminal),
            SampleCommand.Create(terminal),
            TablesCommand.Create(terminal),
        };

    /// <summary>Runs the commands.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(
        Terminal terminal, ServiceBuilder host, string[] arguments, CancellationToken cancellation = default)
    {
        var parsed = Create(terminal, host).Parse(arguments);

        // The host gives calls in flight 30 s to end and the store to close; the parser's own 2 s would cut it short.
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(35),
        };
        var exitCode = await parsed.InvokeAsync(configuration, cancellation);

        // The parser itself answers a wrong command line with 1.
        return parsed.Errors.Count > 0 ? ExitCode.BadInput : exitCode;
    }
}
