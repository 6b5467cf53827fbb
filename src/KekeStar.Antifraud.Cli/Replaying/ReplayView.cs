using System.Globalization;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.V1;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>Prints what came of a replay.</summary>
internal static class ReplayView
{
    private static readonly Verdict[] Verdicts = [Verdict.Pass, Verdict.Review, Verdict.Challenge, Verdict.Reject];

    /// <summary>Prints the table of groups, the histogram and the failures.</summary>
    public static void Write(IAnsiConsole screen, ReplayTally tally)
    {
        WriteGroups(screen, tally);
        WriteHistogram(screen, tally.AllScores());
        WriteFailures(screen, tally);
    }

    /// <summary>Prints how long it took; apart from <see cref="Write"/> because it differs from run to run.</summary>
    public static void WriteRate(IAnsiConsole screen, ReplayTally tally)
    {
        var rate = tally.Answered / Math.Max(tally.Elapsed.TotalSeconds, 0.001);
        screen.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
            $"[grey]{tally.Answered} lines answered in {tally.Elapsed.TotalSeconds:0.0} s, {rate:0} per second[/]"));
    }

    private static void WriteGroups(IAnsiConsole screen, ReplayTally tally)
    {
        // Fits 80 columns with group names of up to 14 characters.
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("Group");
        table.AddColumn(Number("Events"));
        foreach (var verdict in Verdicts)
        {
            table.AddColumn(Number($"[{ReplyView.Colour(verdict)}]{ContractNames.Of(verdict)}[/]"));
        }

        table.AddColumn(Number("Median"));
        table.AddColumn(Number("Max"));
        foreach (var group in tally.Groups)
        {
            int[] numbers = [group.Scores.Count, .. Verdicts.Select(group.CountOf), group.Scores.Median, group.Scores.Max];
            table.AddRow([new Text(group.Name), .. numbers.Select(n => new Text(n.ToString(CultureInfo.InvariantCulture)))]);
        }

        screen.Write(table);
        screen.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[grey]Median and Max are scores of 0 to 1000. Outcomes reported: {tally.Groups.Sum(g => g.Reports)}.[/]");
        if (tally.Groups.Sum(g => g.Degraded) is var degraded and > 0)
        {
            screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold yellow]Degraded answers: {degraded}.[/]");
        }
    }

    private static TableColumn Number(string head) => new TableColumn(head).RightAligned().NoWrap();

    private static void WriteHistogram(IAnsiConsole screen, ScoreDistribution scores)
    {
        if (scores.Count == 0)
        {
            return;
        }

        var chart = new BarChart().Width(Math.Min(72, screen.Profile.Width)).Label("[bold]Scores[/]").LeftAlignLabel();
        var classes = scores.Classes();
        for (var index = 0; index < classes.Length; index++)
        {
            var low = index * ScoreDistribution.ClassWidth;
            var high = index == classes.Length - 1 ? ScoreDistribution.MaxScore : low + ScoreDistribution.ClassWidth - 1;
            chart.AddItem($"{low}–{high}", classes[index], index < 3 ? Color.Green : index < 6 ? Color.DarkOrange : Color.Red);
        }

        screen.Write(chart);
    }

    private static void WriteFailures(IAnsiConsole screen, ReplayTally tally)
    {
        foreach (var (line, failure) in tally.Failures.OrderBy(f => f.Line))
        {
            screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]line {line}: {RpcOutcome.Describe(failure)}[/]");
        }

        if (tally.FailureCount > tally.Failures.Count)
        {
            screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]and {tally.FailureCount - tally.Failures.Count} more[/]");
        }
    }
}
