using System.CommandLine;
using Grpc.Core;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary><c>antifraud privacy keys</c>: the key epochs that a running service holds; <c>antifraud keys status</c> reads a file.</summary>
internal static class KeyStatusCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "The answer as JSON." };
        var command = new Command("keys", "Show the key epochs that the service holds, and how many list entries end with each.") { json };
        var connection = new ConnectionOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var service = connection.Open(parsed);
            try
            {
                var status = await service.Privacy.GetKeyStatusAsync(new GetKeyStatusRequest(), service.Call(cancellation));
                Show(terminal, status, parsed.GetValue(json));
                return ExitCode.Answered;
            }
            catch (RpcException failure)
            {
                return terminal.Fail(RpcOutcome.ExitCodeOf(failure.StatusCode), RpcOutcome.Describe(failure));
            }
        });
        return command;
    }

    private static void Show(Terminal terminal, KeyStatus status, bool asJson)
    {
        if (asJson)
        {
            terminal.Output.WriteLine(ContractNames.Json(status));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("epoch", "role", "until", "list entries");
        foreach (var epoch in status.Epochs)
        {
            table.AddRow(
                new Text($"{epoch.Epoch}"),
                new Text(epoch.Role.ToString().ToLowerInvariant()),
                new Text(epoch.RoleUntil is { } until ? KeyTime.Format(until.ToDateTimeOffset()) : ""),
                new Text($"{epoch.ListEntries}"));
        }

        terminal.Screen.Write(table);
    }
}
