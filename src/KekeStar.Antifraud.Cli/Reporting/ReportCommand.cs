using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.Cli.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Reporting;

/// <summary><c>antifraud report</c>: tells how a scored event ended.</summary>
internal static class ReportCommand
{
    private const string Prefix = "OUTCOME_";

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var names = string.Join(", ", ContractNames.All(AntifraudReflection.Descriptor, nameof(Outcome), Prefix));
        var eventId = new Option<string>("--event-id") { Description = "event_id of the scored event.", Required = true };
        var account = new Option<string?>("--account-id") { Description = "Account of the event." };
        var outcome = new Option<string>("--outcome") { Description = $"What happened: {names}.", Required = true };
        var at = new Option<DateTimeOffset?>("--at") { Description = "When it happened (RFC 3339). Default: now." };
        var provider = new Option<string?>("--provider") { Description = "Who found it, such as geetest." };
        outcome.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && Parse(name) is null)
            {
                result.AddError($"--outcome: one of these is expected: {names}.");
            }
        });
        var command = new Command("report", "Report how a scored event ended.") { eventId, account, outcome, at, provider };
        var seal = new SealOption(command);
        var connection = new ConnectionOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new ReportRequest
            {
                EventId = parsed.GetRequiredValue(eventId),
                AccountId = parsed.GetValue(account) ?? "",
                Outcome = (Outcome)Parse(parsed.GetRequiredValue(outcome))!.Value,
                OutcomeTime = parsed.GetValue(at) is { } time ? Timestamp.FromDateTimeOffset(time) : null,
                Provider = parsed.GetValue(provider) ?? "",
            };
            if (!seal.TryOpen(parsed, terminal, out var sealer))
            {
                return ExitCode.BadInput;
            }

            using (sealer)
            {
                try
                {
                    sealer?.Seal(request);
                }
                catch (ArgumentException unsealable)
                {
                    return terminal.Fail(ExitCode.BadInput, unsealable.Message);
                }
            }

            using var service = connection.Open(parsed);
            return await ReportAsync(terminal, service, request, cancellation);
        });
        return command;
    }

    private static async Task<int> ReportAsync(
        Terminal terminal, ServiceConnection service, ReportRequest request, CancellationToken cancellation)
    {
        try
        {
            var reply = await service.Antifraud.ReportAsync(request, service.Call(cancellation));
            if (reply.Degraded.Count > 0)
            {
                return terminal.Fail(
                    ExitCode.ServiceFailed,
                    $"The report was not written: {string.Join(", ", reply.Degraded.Select(ContractNames.Of))}. Send it again.");
            }

            await terminal.Output.WriteLineAsync(
                reply.EventFound
                    ? $"Written to {reply.WindowsWritten} windows."
                    : $"The event is not known (any more); written to {reply.WindowsWritten} windows of the account.");
            return ExitCode.Answered;
        }
        catch (RpcException failure)
        {
            return terminal.Fail(RpcOutcome.ExitCodeOf(failure.StatusCode), RpcOutcome.Describe(failure));
        }
    }

    private static int? Parse(string name) => ContractNames.Parse(AntifraudReflection.Descriptor, nameof(Outcome), Prefix, name);
}
