using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Listing;

/// <summary><c>antifraud list add|remove</c>: allow, deny and grey lists.</summary>
internal static class ListCommand
{
    private const string Prefix = "LIST_KIND_";

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal) =>
        new("list", "Allow, deny and grey lists.") { Add(terminal), Remove(terminal) };

    private static Command Add(Terminal terminal)
    {
        var (kind, value) = Entity();
        var list = new Option<string>("--list") { Description = "allow, deny or grey.", Required = true };
        list.AcceptOnlyFromAmong("allow", "deny", "grey");
        var duration = new Option<string>("--for") { Description = "How long, such as 30m, 12h or 7d; at most 90d.", Required = true };
        duration.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && Duration.Parse(text) is null)
            {
                result.AddError("--for: a number with m, h or d is expected, such as 12h; at most 90d.");
            }
        });
        var command = new Command("add", "Put an entity on a list, replacing what was there.") { kind, value, list, duration };
        var connection = new ConnectionOptions(command);
        command.SetAction((parsed, cancellation) => WithValueAsync(terminal, parsed.GetRequiredValue(value), async identifier =>
        {
            using var service = connection.Open(parsed);
            var expiry = TimeProvider.System.GetUtcNow() + Duration.Parse(parsed.GetRequiredValue(duration))!.Value;
            var request = new PutListEntryRequest
            {
                EntityKind = parsed.GetRequiredValue(kind),
                Value = identifier,
                List = (ListKind)ContractNames.Parse(
                    ListsReflection.Descriptor, nameof(ListKind), Prefix, parsed.GetRequiredValue(list))!.Value,
                ExpiresAt = Timestamp.FromDateTimeOffset(expiry),
            };
            var reply = await service.Lists.PutEntryAsync(request, service.Call(cancellation));
            await terminal.Output.WriteLineAsync($"Listed until {expiry:yyyy-MM-dd HH:mm} UTC as {reply.PseudonymPrefix}.");
        }));
        return command;
    }

    private static Command Remove(Terminal terminal)
    {
        var (kind, value) = Entity();
        var command = new Command("remove", "Take an entity off the lists.") { kind, value };
        var connection = new ConnectionOptions(command);
        command.SetAction((parsed, cancellation) => WithValueAsync(terminal, parsed.GetRequiredValue(value), async identifier =>
        {
            using var service = connection.Open(parsed);
            var request = new RemoveListEntryRequest { EntityKind = parsed.GetRequiredValue(kind), Value = identifier };
            var reply = await service.Lists.RemoveEntryAsync(request, service.Call(cancellation));
            await terminal.Output.WriteLineAsync(reply.Removed ? "Removed." : "It stood on no list.");
        }));
        return command;
    }

    private static (Option<string> Kind, Option<string> Value) Entity() => (
        new("--kind") { Description = "Kind of the entity: account, imei, bssid, ip, ip_prefix …", Required = true },
        new("--value")
        {
            Description = "The identifier; - or nothing: the first line of the standard input, which no shell history keeps.",
            DefaultValueFactory = _ => "-",
        });

    private static async Task<int> WithValueAsync(Terminal terminal, string value, Func<string, Task> call)
    {
        if (value == "-")
        {
            using var input = new StreamReader(terminal.OpenInput());
            value = (await input.ReadLineAsync())?.Trim() ?? "";
        }

        if (value.Length == 0)
        {
            return terminal.Fail(ExitCode.BadInput, "The identifier is empty.");
        }

        try
        {
            await call(value);
            return ExitCode.Answered;
        }
        catch (RpcException failure)
        {
            return terminal.Fail(RpcOutcome.ExitCodeOf(failure.StatusCode), RpcOutcome.Describe(failure));
        }
    }
}
