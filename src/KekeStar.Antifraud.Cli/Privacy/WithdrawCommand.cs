using System.CommandLine;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary><c>antifraud privacy withdraw</c>.</summary>
internal static class WithdrawCommand
{
    private const string Prefix = "CONSENT_CATEGORY_";

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var names = string.Join(", ", ContractNames.All(PrivacyOptionsReflection.Descriptor, nameof(ConsentCategory), Prefix).Where(static name => Parse(name) is not null));
        var categories = new Option<string[]>("--category")
        {
            Description = $"What is taken back, once for each: {names}.",
            Required = true,
        };
        categories.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]>() is { } given && given.Any(static name => Parse(name) is null))
            {
                result.AddError($"--category: of these at least one is expected: {names}.");
            }
        });
        var command = new Command("withdraw", "Take back consent: signals of the categories are not read any more, and what they derived is removed.") { categories };
        var options = new RightsOptions(command);
        command.SetAction((parsed, cancellation) => options.CallAsync(terminal, parsed, async (service, account) =>
        {
            var request = new WithdrawConsentRequest { AccountId = account, Purpose = options.Purpose(parsed) };
            request.Categories.AddRange(parsed.GetRequiredValue(categories).Select(static name => Parse(name)!.Value).Distinct());
            var reply = await service.Privacy.WithdrawConsentAsync(request, service.Call(cancellation));
            var done = $"Withdrawn. Removed {ReceiptView.Removed(reply.RecordsRemoved, reply.LogsChanged)}.";
            ReceiptView.Write(terminal.Output, options.IsJson(parsed), reply, done, reply.ReceiptId, reply.ReceiptHash);
        }));
        return command;
    }

    // What is essential cannot be withdrawn.
    private static ConsentCategory? Parse(string name) =>
        ContractNames.Parse(PrivacyOptionsReflection.Descriptor, nameof(ConsentCategory), Prefix, name) is { } number
        && (ConsentCategory)number != ConsentCategory.Essential
            ? (ConsentCategory)number
            : null;
}
