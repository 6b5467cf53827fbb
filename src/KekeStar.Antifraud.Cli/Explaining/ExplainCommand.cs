using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Receipts;
using KekeStar.Antifraud.Cli.Archives;
using KekeStar.Antifraud.Dashboard.Language;

namespace KekeStar.Antifraud.Cli.Explaining;

/// <summary><c>antifraud explain</c>: a decision derived again from its record, or all of an archive to see whether they are identical.</summary>
internal static class ExplainCommand
{
    private const string Analyst = "analyst";
    private const string Caller = "caller";
    private const string Text = "text";
    private const string Json = "json";

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var input = new ArchiveInput();
        var decision = new Argument<string?>("DECISION")
        {
            Description = $"The decision: {DecisionReference.Forms}. After --, if it begins with -.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var all = new Option<bool>("--all") { Description = "Derive all decisions of the archive again, and count those that are identical." };
        var view = Choice("--view", "analyst: everything; caller: verdict and grounds, without scores, limits and values.", Analyst, Caller);
        var language = Choice("--language", "Language of the texts.", "en", "zh");
        var format = Choice("--format", "text or json.", Text, Json);
        var limit = new Option<long?>("--limit") { Description = "With --all: at most so many decisions, the earliest." };
        var command = new Command("explain", "Derive a decision again from its record: why it was so, and what would have made it milder. Exit code: 0 identical, 1 not, 2 it cannot be done.")
        {
            decision, input.Archives, input.Policies, input.Models, view, language, format, all, input.From, input.To, limit,
        };
        decision.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && DecisionReference.Parse(result.Tokens[0].Value) is null)
            {
                result.AddError($"DECISION: expected are {DecisionReference.Forms}.");
            }
        });
        limit.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<long?>() < 1)
            {
                result.AddError("--limit: a whole number of at least 1 is expected.");
            }
        });
        command.Validators.Add(result =>
        {
            var isAll = result.GetValue(all);
            if (isAll == result.GetValue(decision) is not null)
            {
                result.AddError("Give either DECISION or --all.");
            }

            if (!isAll && ((Option[])[input.From, input.To, limit]).Any(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError("--from, --to and --limit go with --all.");
            }

            if (isAll && ((Option[])[view, language, format]).Any(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError("--view, --language and --format go with a DECISION.");
            }
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(Guard(terminal, () =>
        {
            var known = input.ReadPolicies(parsed);
            using var desk = new ReceiptDesk(new ReceiptSetup
            {
                Archives = parsed.GetRequiredValue(input.Archives),
                Policies = known,
                From = ArchiveInput.MomentOf(parsed.GetValue(input.From)),
                To = ArchiveInput.MomentOf(parsed.GetValue(input.To)),
                Limit = parsed.GetValue(limit) ?? long.MaxValue,
                Progress = rows => terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"antifraud: {rows:N0} decisions read.")),
            });
            if (parsed.GetValue(all))
            {
                return ReceiptCheckView.Write(terminal, desk, desk.Check(cancellation));
            }

            var texts = new Texts();
            texts.Use(parsed.GetValue(language) == "zh" ? LanguageChoice.Chinese : LanguageChoice.English);
            return Show(
                terminal,
                desk.Make(DecisionReference.Parse(parsed.GetValue(decision)!)!),
                texts,
                parsed.GetValue(view) == Caller,
                parsed.GetValue(format) == Json);
        })));
        return command;
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static int Show(Terminal terminal, Receipt receipt, Texts texts, bool isForCaller, bool isJson)
    {
        switch (isForCaller, isJson)
        {
            case (true, true):
                terminal.Output.WriteLine(ReceiptJson.Write(CallerReceipt.Of(receipt), receipt, texts));
                break;
            case (true, false):
                CallerView.Write(terminal.Screen, CallerReceipt.Of(receipt), receipt, texts);
                break;
            case (false, true):
                terminal.Output.WriteLine(ReceiptJson.Write(receipt, receipt.FindCounterfactuals(), texts));
                break;
            default:
                AnalystView.Write(terminal.Screen, receipt, receipt.FindCounterfactuals(), texts);
                break;
        }

        return receipt.Differences.Count == 0
            ? ExitCode.Answered
            : terminal.Fail(ExitCode.NotAsExpected, $"The decision does not follow from its record: {string.Join(", ", receipt.Differences.Select(static difference => difference.Column))}.");
    }

    private static int Guard(Terminal terminal, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception failure) when (failure is ArchiveException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return terminal.Fail(ExitCode.BadInput, failure.Message);
        }
    }
}
