using System.Globalization;
using KekeStar.Antifraud.V1;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Scoring;

/// <summary>Prints one reply for people: what to do, why, and what the answer does not rest on.</summary>
internal static class ReplyView
{
    /// <summary>Colour of a verdict, the same everywhere.</summary>
    public static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "green",
        Verdict.Review => "yellow",
        Verdict.Challenge => "darkorange",
        Verdict.Reject => "red",
        _ => "grey",
    };

    /// <summary>Prints the reply.</summary>
    public static void Write(IAnsiConsole screen, ScoreReply reply, Words words)
    {
        WriteHead(screen, reply, words);
        WriteReasons(screen, reply, words);
        WriteRiskLabels(screen, reply, words);
        WriteDegraded(screen, reply, words);
        WriteDropped(screen, reply, words);
        var model = reply.ModelVersion.Length == 0 ? "–" : reply.ModelVersion;
        screen.MarkupLineInterpolated($"[grey]{words.Policy} {reply.PolicyVersion}, {words.Model} {model}[/]");
    }

    private static void WriteHead(IAnsiConsole screen, ScoreReply reply, Words words)
    {
        var verdict = ContractNames.Of(reply.Verdict);
        var challenge = reply.Verdict == Verdict.Challenge ? $" ({ContractNames.Of(reply.Challenge)})" : "";
        screen.MarkupLine($"[bold {Colour(reply.Verdict)}]{Markup.Escape(verdict + challenge)}[/]  {words.Score} [bold]{reply.Score}[/] / 1000");
        screen.MarkupLineInterpolated(
            $"{words.BatchRegistration} {reply.BatchRegistration}, {words.Bot} {reply.Bot}, {words.AccountTheft} {reply.AccountTheft}");
        if (reply.Labels.Count > 0)
        {
            screen.MarkupLineInterpolated($"{words.Labels}: {string.Join(", ", reply.Labels)}");
        }
    }

    private static void WriteReasons(IAnsiConsole screen, ScoreReply reply, Words words)
    {
        if (reply.Reasons.Count == 0)
        {
            screen.MarkupLineInterpolated($"[grey]{words.NoReasons}[/]");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn(words.Contribution).RightAligned());
        table.AddColumn(words.Feature);
        table.AddColumn(new TableColumn(words.Value).RightAligned());
        table.AddColumn(words.Window);
        table.AddColumn(words.Reason);
        foreach (var reason in reply.Reasons)
        {
            table.AddRow(
                Plain(reason.Contribution.ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture)),
                Plain(reason.Feature),
                Plain((reason.AtLeast ? "≥ " : "") + reason.Value.ToString("0.###", CultureInfo.InvariantCulture)),
                Plain(words.Span(reason.WindowSeconds)),
                Plain(reason.Text.Length > 0 ? reason.Text : reason.Rule));
        }

        screen.Write(table);
        if (reply.AtLeast)
        {
            screen.MarkupLineInterpolated($"[grey]{words.AtLeast}[/]");
        }
    }

    private static void WriteRiskLabels(IAnsiConsole screen, ScoreReply reply, Words words)
    {
        if (reply.RiskLabels.Count == 0)
        {
            return;
        }

        screen.MarkupLineInterpolated($"{words.RiskLabels}:");
        foreach (var label in reply.RiskLabels)
        {
            var seen = label.State == LabelState.Historical && label.LastSeen is { } at
                ? string.Create(CultureInfo.InvariantCulture, $", {words.LastSeen} {at.ToDateTimeOffset():u}")
                : "";
            screen.MarkupLineInterpolated($"  {label.Name} ({ContractNames.Of(label.State)}{seen}) {label.Text}");
        }
    }

    private static void WriteDegraded(IAnsiConsole screen, ScoreReply reply, Words words)
    {
        if (reply.Degraded.Count > 0)
        {
            screen.MarkupLineInterpolated(
                $"[bold yellow]{words.Degraded}[/]: {string.Join(", ", reply.Degraded.Select(ContractNames.Of))}");
        }
    }

    private static void WriteDropped(IAnsiConsole screen, ScoreReply reply, Words words)
    {
        if (reply.DroppedSignals.Count > 0)
        {
            screen.MarkupLineInterpolated(
                $"{words.Dropped}: {string.Join(", ", reply.DroppedSignals.Select(d => $"{d.Name} ({ContractNames.Of(d.Cause)})"))}");
        }
    }

    private static Text Plain(string text) => new(text);
}
