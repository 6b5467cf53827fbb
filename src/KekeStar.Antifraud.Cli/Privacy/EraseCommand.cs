using System.CommandLine;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary><c>antifraud privacy erase</c>.</summary>
internal static class EraseCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var keepDenyEntry = new Option<bool>("--keep-deny-entry")
        {
            Description = "An entry of the account on the deny list stays until it expires, where a law asks for that.",
        };
        var command = new Command("erase", "Remove all that was derived from an account's events.") { keepDenyEntry };
        var options = new RightsOptions(command);
        command.SetAction((parsed, cancellation) => options.CallAsync(terminal, parsed, async (service, account) =>
        {
            var request = new EraseAccountRequest
            {
                AccountId = account,
                Purpose = options.Purpose(parsed),
                KeepDenyEntry = parsed.GetValue(keepDenyEntry),
            };
            var reply = await service.Privacy.EraseAccountAsync(request, service.Call(cancellation));
            var entries = ReceiptView.Count(reply.ListEntriesRemoved, "list entry", "list entries");
            var done = $"Erased {ReceiptView.Removed(reply.RecordsRemoved, reply.LogsChanged)}, and {entries}; {reply.ListEntriesKept} kept.";
            ReceiptView.Write(terminal.Output, options.IsJson(parsed), reply, done, reply.ReceiptId, reply.ReceiptHash);
        }));
        return command;
    }
}
