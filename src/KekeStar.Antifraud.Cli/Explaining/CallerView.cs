using System.Globalization;
using KekeStar.Antifraud.Archive.Receipts;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Explaining;

/// <summary>Shows what a caller may see of a receipt.</summary>
internal static class CallerView
{
    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole screen, CallerReceipt caller, Receipt receipt, Texts texts)
    {
        WriteHead(screen, receipt, texts);
        screen.MarkupLineInterpolated($"[bold]{texts["Decisions.Verdict"]}[/]: [{ReplyView.Colour(caller.Verdict)}]{Verdict(caller.Verdict, caller.Challenge, texts)}[/]");
        if (caller.List != ListKind.Unspecified)
        {
            screen.MarkupLineInterpolated($"{texts["Lists.List"]}: {texts[$"List.{caller.List}"]}");
        }

        if (caller.IsStepUpExempt)
        {
            screen.WriteLine(texts["Decision.StepUp"]);
        }

        if (caller.Store != StoreStatus.Ok)
        {
            screen.MarkupLineInterpolated($"{texts["Receipt.Degraded"]}: {texts[$"Store.{caller.Store}"]}");
        }

        if (caller.Grounds.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns(texts["Labels.Title"], texts["Receipt.LookedAt"]);
            foreach (var ground in caller.Grounds)
            {
                table.AddRow(new Text(ground.Label), new Text(Meaning(ground, texts)));
            }

            screen.Write(table);
        }

        screen.MarkupLineInterpolated($"[grey]{texts["System.Policy"]} {caller.Policy}[/]");
    }

    /// <summary>Writes which decision it is.</summary>
    public static void WriteHead(IAnsiConsole screen, Receipt receipt, Texts texts)
    {
        var row = receipt.Row;
        screen.MarkupLineInterpolated(
            $"[bold]{texts["Decision.Id"]} {DecisionReference.TextOf(row.Decision)}[/]  {row.Time.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}  {texts[$"Scene.{receipt.Inputs.Scene}"]}");
    }

    /// <summary>A verdict, and how to challenge; –: the record holds none that there is.</summary>
    public static string Verdict(Verdict verdict, ChallengeKind challenge, Texts texts) =>
        (verdict == V1.Verdict.Unspecified ? "–" : texts[$"Verdict.{verdict}"])
        + (challenge == ChallengeKind.Unspecified ? "" : $" ({texts[$"Challenge.{challenge}"]})");

    /// <summary>What was looked at.</summary>
    public static string Meaning(CallerGround ground, Texts texts) =>
        ground.Feature is { } feature ? texts.Pick(feature.Description, feature.DescriptionZh) : texts["Receipt.Whole"];
}
