using System.CommandLine;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary><c>antifraud privacy correct</c>.</summary>
internal static class CorrectCommand
{
    private const string Prefix = "OUTCOME_";

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var names = string.Join(", ", ContractNames.All(AntifraudReflection.Descriptor, nameof(Outcome), Prefix));
        var eventId = new Option<string>("--event-id") { Description = "event_id of the event that the outcome was reported for.", Required = true };
        var outcome = new Option<string>("--outcome") { Description = $"The outcome that is wrong: {names}.", Required = true };
        var withoutAccount = new Option<bool>("--no-account") { Description = "Neither the event nor the report had an account; the standard input is not read." };
        outcome.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && Parse(name) is null)
            {
                result.AddError($"--outcome: one of these is expected: {names}.");
            }
        });
        var command = new Command("correct", "Take back a reported outcome that was wrong.") { eventId, outcome, withoutAccount };
        var options = new RightsOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            return parsed.GetValue(withoutAccount)
                ? options.CallAsync(terminal, parsed, service => CorrectAsync(service, ""))
                : options.CallAsync(terminal, parsed, CorrectAsync);

            async Task CorrectAsync(ServiceConnection service, string account)
            {
                var request = new CorrectOutcomeRequest
                {
                    EventId = parsed.GetRequiredValue(eventId),
                    AccountId = account,
                    Outcome = (Outcome)Parse(parsed.GetRequiredValue(outcome))!.Value,
                    Purpose = options.Purpose(parsed),
                };
                var reply = await service.Privacy.CorrectOutcomeAsync(request, service.Call(cancellation));
                var done = reply.RecordsRemoved == 0
                    ? "No such outcome was recorded, or it has expired."
                    : $"Removed {ReceiptView.Count(reply.RecordsRemoved, "record", "records")}.";
                ReceiptView.Write(terminal.Output, options.IsJson(parsed), reply, done, reply.ReceiptId, reply.ReceiptHash);
            }
        });
        return command;
    }

    private static int? Parse(string name) => ContractNames.Parse(AntifraudReflection.Descriptor, nameof(Outcome), Prefix, name);
}
