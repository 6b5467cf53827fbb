using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Receipts;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Decision.Counterfactuals;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Explaining;

/// <summary>Shows a whole receipt.</summary>
internal static class AnalystView
{
    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole screen, Receipt receipt, CounterfactualAnswer answer, Texts texts)
    {
        CallerView.WriteHead(screen, receipt, texts);
        WriteVerdict(screen, receipt, texts);
        WriteCheck(screen, receipt, texts);
        WriteRules(screen, receipt, texts);
        WriteSteps(screen, receipt, texts);
        WriteModel(screen, receipt, texts);
        WriteFeatures(screen, receipt, texts);
        screen.WriteLine($"{texts["Receipt.Milder"]}:");
        foreach (var sentence in ReceiptWords.Counterfactuals(texts, answer))
        {
            screen.WriteLine($"  {sentence}");
        }

        if (answer.Outcome == CounterfactualOutcome.Found)
        {
            screen.MarkupLineInterpolated($"[grey]{texts["Receipt.Caution"]}[/]");
        }
    }

    private static void WriteVerdict(IAnsiConsole screen, Receipt receipt, Texts texts)
    {
        var row = receipt.Row;
        var verdict = ContractWords.VerdictOf(row.Verdict);
        screen.MarkupLineInterpolated(
            $"[bold {ReplyView.Colour(verdict)}]{CallerView.Verdict(verdict, ContractWords.ChallengeOf(row.Challenge), texts)}[/]  {texts["Decision.Score"]} [bold]{(row.AtLeast ? "≥ " : "")}{Whole(row.Score)}[/] / {Whole(PolicyLimits.MaxScore)}");
        screen.WriteLine($"{texts["Risk.BatchRegistration"]} {Whole(row.BatchRegistration)}, {texts["Risk.Bot"]} {Whole(row.Bot)}, {texts["Risk.AccountTheft"]} {Whole(row.AccountTheft)}");
        var scene = receipt.Policy.SceneOf(receipt.Inputs.Scene);
        var shift = receipt.Decision.ThresholdShift;
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{texts["Limits.Thresholds"]}: {texts["Verdict.Review"]} {scene.Review + shift}, {texts["Verdict.Challenge"]} {scene.Challenge + shift}, {texts["Verdict.Reject"]} {scene.Reject + shift}; {texts["Decision.Shift"]} {shift:+0;−0;0}; {texts["Receipt.Floor"]} {texts[$"Verdict.{scene.DegradedFloor}"]}"));
        if (receipt.Inputs.List != ListKind.Unspecified)
        {
            screen.WriteLine($"{texts["Lists.List"]}: {texts[$"List.{receipt.Inputs.List}"]}");
        }

        if (receipt.Inputs.Store != StoreStatus.Ok)
        {
            screen.WriteLine($"{texts["Receipt.Degraded"]}: {texts[$"Store.{receipt.Inputs.Store}"]}");
        }

        if (row.StepUpExempt)
        {
            screen.WriteLine(texts["Decision.StepUp"]);
        }
    }

    private static void WriteCheck(IAnsiConsole screen, Receipt receipt, Texts texts)
    {
        screen.MarkupLineInterpolated($"[grey]{texts["System.Policy"]} {receipt.Policy.Version} {receipt.Policy.Hash}[/]");
        if (receipt.GoneFeatures > 0)
        {
            screen.WriteLine(texts["Replay.Gone", receipt.GoneFeatures]);
        }

        if (receipt.Differences.Count == 0)
        {
            screen.MarkupLineInterpolated($"[green]{texts["Receipt.Identical"]}[/]");
            return;
        }

        screen.MarkupLineInterpolated($"[red]{texts["Receipt.Different"]}[/]");
        var table = Table(texts["Receipt.Column"], texts["Receipt.Recorded"], texts["Receipt.Derived"]);
        foreach (var difference in receipt.Differences)
        {
            table.AddRow(new Text(difference.Column), new Text(difference.Recorded), new Text(difference.Derived));
        }

        screen.Write(table);
    }

    private static void WriteRules(IAnsiConsole screen, Receipt receipt, Texts texts)
    {
        var row = receipt.Row;
        if (row.Rules.Count > 0)
        {
            var rules = receipt.Policy.Rules.ToArray().ToDictionary(static rule => rule.Id, StringComparer.Ordinal);
            var table = Table(texts["Decisions.Rule"], texts["Receipt.Weight"], texts["Receipt.Points"], texts["Features.Says"]);
            foreach (var (id, points) in row.Rules.Zip(row.Contributions).OrderByDescending(static rule => rule.Second))
            {
                var rule = rules.GetValueOrDefault(id);
                table.AddRow(
                    new Text(id),
                    new Text(rule?.Weight.ToString("+0;−0", CultureInfo.InvariantCulture) ?? ""),
                    new Text(Points(points)),
                    new Text(rule is null ? "" : texts.Pick(rule.ReasonEnglish, rule.ReasonChinese)));
            }

            table.AddRow(new Text(texts["Decision.Sum"]), new Text(""), new Text(Points(row.Contributions.Sum())), new Text(""));
            screen.Write(table);
        }

        if (row.ShadowRules.Count > 0)
        {
            screen.WriteLine($"{texts["Decision.Shadow"]} {string.Join(' ', row.ShadowRules)}");
        }
    }

    private static void WriteSteps(IAnsiConsole screen, Receipt receipt, Texts texts)
    {
        var steps = ScoreSteps.Of(receipt.Decision);
        (string Text, int Points)[] shown =
        [
            (texts["Receipt.Raised"], steps.Raised),
            (texts["Receipt.Capped"], steps.Capped),
            (texts["Receipt.Lowered"], steps.Lowered),
            (texts["Receipt.Bounded"], steps.Bounded),
            (texts["Receipt.Model"], steps.Model),
        ];
        screen.WriteLine(
            $"{texts["Receipt.Steps"]}: {string.Join(", ", shown.Where(static step => step.Points != 0).Select(static step => $"{step.Text} {Points(step.Points)}").Append($"= {Whole(steps.Score)}"))}");
    }

    private static void WriteModel(IAnsiConsole screen, Receipt receipt, Texts texts)
    {
        WriteModel(screen, texts["Receipt.Model"], receipt.Policy.Model, receipt.Decision.Rules.Models.Probabilities, texts);
        if (receipt.Split.Shares.Count > 0)
        {
            var table = Table(texts["Receipt.Split"], texts["Receipt.Points"], texts["Features.Says"]);
            foreach (var share in receipt.Split.Shares)
            {
                table.AddRow(
                    new Text(share.Name),
                    new Text(Points(share.Points)),
                    new Text(share.Feature is { } feature ? texts.Pick(feature.Description, feature.DescriptionZh) : ""));
            }

            screen.Write(table);
        }

        if (receipt.Policy.Shadow is { } shadow)
        {
            WriteModel(screen, texts["Receipt.ShadowModel"], shadow, receipt.Decision.Rules.Models.ShadowProbabilities, texts);
            screen.WriteLine($"{texts["Receipt.ShadowModel"]}: {Whole(receipt.Decision.Rules.Models.ShadowScore)}");
        }
    }

    private static void WriteModel(IAnsiConsole screen, string name, PolicyModel? model, ReadOnlySpan<double> probabilities, Texts texts)
    {
        if (model is null)
        {
            return;
        }

        var shown = new List<string>();
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            shown.Add($"{texts[$"Risk.{(Risk)risk}"]} {probabilities[risk].ToString("0.0000", CultureInfo.InvariantCulture)}");
        }

        screen.MarkupLineInterpolated($"[grey]{name}: {model.Model.Name} {model.Model.Hash}[/]");
        screen.WriteLine($"  {string.Join(", ", shown)}");
    }

    private static void WriteFeatures(IAnsiConsole screen, Receipt receipt, Texts texts)
    {
        var rules = receipt.Policy.Rules.ToArray();
        var used = receipt.Decision.Rules.Fired.ToArray()
            .SelectMany(rule => rules[rule].Features)
            .Concat(receipt.Split.Shares.Select(static share => share.Feature?.Index).OfType<int>())
            .Distinct()
            .ToList();
        if (used.Count == 0)
        {
            return;
        }

        var features = receipt.Inputs.Features;
        var table = Table(texts["Features.Name"], texts["Decision.Value"], texts["Features.Unit"], texts["Features.Says"]);
        foreach (var feature in used.Select(FeatureCatalogue.At))
        {
            var value = features.Values[feature.Index];
            table.AddRow(
                new Text(feature.Name),
                new Text(double.IsNaN(value) ? "–" : $"{(features.IsAtLeast(feature.Index) ? "≥ " : "")}{value.ToString("0.####", CultureInfo.InvariantCulture)}"),
                new Text(texts[$"FeatureUnit.{feature.Unit}"]),
                new Text(texts.Pick(feature.Description, feature.DescriptionZh)));
        }

        screen.Write(table);
        screen.WriteLine(texts["Receipt.MoreFeatures", features.Values.Count(static value => !double.IsNaN(value)) - used.Count(index => !double.IsNaN(features.Values[index]))]);
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Points(double points) => points.ToString("+0.######;−0.######;0", CultureInfo.InvariantCulture);

    private static Table Table(params string[] columns) => new Table().Border(TableBorder.Rounded).AddColumns(columns);
}
