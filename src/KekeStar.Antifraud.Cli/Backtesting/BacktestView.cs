using System.Globalization;
using KekeStar.Antifraud.Archive.Backtests;
using KekeStar.Antifraud.Archive.Backtests.Page;
using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Archive.Receipts;
using KekeStar.Antifraud.V1;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Backtesting;

/// <summary>Shows a backtest's report as tables.</summary>
internal static class BacktestView
{
    // Rules whose hits did not change are many, and the page has them.
    private const int ShownRules = 20;

    private static readonly Verdict[] Verdicts = [Verdict.Pass, Verdict.Review, Verdict.Challenge, Verdict.Reject];

    /// <summary>Writes the tables.</summary>
    public static void Write(IAnsiConsole screen, BacktestReport report)
    {
        var rows = report.Rows;
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Decisions:N0} decisions from {PageNumbers.Time(report.From)} to {PageNumbers.Time(report.To)}, {rows.WarmUp:N0} before them, {rows.Outcomes:N0} outcomes; {report.Elapsed.TotalSeconds:0.0} s."));
        WriteAgreement(screen, report.Agreement);
        screen.WriteLine($"Policy tried: {report.Tried ?? "each decision's own"}. {PageNumbers.Count(report.Changed)} verdicts change.");
        WriteFlips(screen, report);
        WriteSegments(screen, report);
        WriteRules(screen, report);
        foreach (var note in report.Notes)
        {
            screen.WriteLine($"Note: {BacktestWords.Of(note).English}");
        }
    }

    private static void WriteAgreement(IAnsiConsole screen, Agreement agreement)
    {
        var table = Table("Under the policy of then", "Equal");
        table.AddRow("verdicts", PageNumbers.Equal(agreement.EqualVerdicts, agreement.Decided));
        table.AddRow("scores", PageNumbers.Equal(agreement.EqualScores, agreement.Decided));
        table.AddRow("all features, windows counted anew", PageNumbers.Equal(agreement.EqualFeatures, agreement.Rebuilt));
        foreach (var feature in agreement.Features.Take(BacktestLimits.Examples))
        {
            table.AddRow($"  differs: {feature.Feature}", PageNumbers.Count(feature.Decisions));
        }

        foreach (var example in agreement.Examples)
        {
            table.AddRow(
                $"  {DecisionReference.TextOf(example.Decision)} {example.Scene}",
                string.Create(CultureInfo.InvariantCulture, $"{example.ScoreThen} → {example.ScoreNow}: {string.Join("; ", example.Features)}"));
        }

        screen.Write(table);
    }

    private static void WriteFlips(IAnsiConsole screen, BacktestReport report)
    {
        var table = Table(["Then \\ now", .. Verdicts.Select(static verdict => BacktestWords.Of(verdict).English)]);
        foreach (var then in Verdicts)
        {
            table.AddRow(
                [
                    BacktestWords.Of(then).English,
                    .. Verdicts.Select(now => PageNumbers.Count(
                        report.Flips.Where(flip => flip.Then == then && flip.Now == now).Sum(static flip => flip.Count))),
                ]);
        }

        screen.Write(table);
    }

    // Where nothing changes one row says it all.
    private static void WriteSegments(IAnsiConsole screen, BacktestReport report)
    {
        var table = Table("Segment", "Decisions", "", "Challenged %", "Rejected %", "Precision %", "Recall %", "Honest stopped %");
        foreach (var segment in report.Segments)
        {
            string[] name = [Markup.Escape(BacktestWords.Of(segment).English), PageNumbers.Count(segment.Decisions)];
            if (segment.Then != segment.Now)
            {
                table.AddRow([.. name, "then", .. Cells(segment.Then)]);
                name = ["", ""];
            }

            table.AddRow([.. name, "now", .. Cells(segment.Now)]);
        }

        screen.Write(table);
    }

    private static string[] Cells(SegmentMeasures measures) =>
        [.. ((Share[])[measures.Challenged, measures.Rejected, measures.Precision, measures.Recall, measures.FalseStops]).Select(PageNumbers.Short)];

    private static void WriteRules(IAnsiConsole screen, BacktestReport report)
    {
        var table = Table("Rule", "Then", "Now", "As shadow", "Precision %", "Recall %");
        foreach (var rule in report.Rules.Take(ShownRules))
        {
            table.AddRow(
                rule.Rule,
                PageNumbers.Count(rule.Then),
                PageNumbers.Count(rule.Now),
                PageNumbers.Count(rule.ShadowNow),
                PageNumbers.Short(rule.Precision),
                PageNumbers.Short(rule.Recall));
        }

        screen.Write(table);
        if (report.Rules.Count > ShownRules)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Rules.Count - ShownRules} more rules are in the page of --out."));
        }
    }

    private static Table Table(params string[] columns) => new Table().Border(TableBorder.Rounded).AddColumns(columns);
}
