using System.Globalization;
using KekeStar.Antifraud.Archive.Receipts;

namespace KekeStar.Antifraud.Cli.Explaining;

/// <summary>Shows how many decisions follow from their records.</summary>
internal static class ReceiptCheckView
{
    /// <summary>Writes it.</summary>
    /// <returns>The exit code: all identical, some not, or some that could not be derived again because their policy is not at hand.</returns>
    public static int Write(Terminal terminal, ReceiptDesk desk, ReceiptReport report)
    {
        var output = terminal.Output;
        output.WriteLine(Line($"{report.Derived:N0} decisions derived again in {report.Elapsed.TotalSeconds:0.0} s: {report.Identical:N0} identical, {report.Derived - report.Identical:N0} not."));
        output.WriteLine(Line($"Largest difference between contributions and score: {report.LargestSumError:0.0e+0} points; {report.WithModel:N0} with a model's, whose shares by input are summed as well."));
        if (report.Erased > 0)
        {
            output.WriteLine(Line($"{report.Erased:N0} have no features any more: a right erased them."));
        }

        foreach (var (column, decisions) in report.Columns.OrderByDescending(static column => column.Value))
        {
            output.WriteLine(Line($"Differs: {column} in {decisions:N0}."));
        }

        foreach (var example in report.Examples)
        {
            output.WriteLine(Line($"  {DecisionReference.TextOf(example.Decision)} at {example.Time:yyyy-MM-dd HH:mm:ss.fff}Z: {string.Join("; ", example.Differences.Select(static difference => $"{difference.Column} {difference.Recorded} → {difference.Derived}"))}"));
        }

        foreach (var ((version, hash), decisions) in report.UnknownPolicies)
        {
            terminal.Fail(ExitCode.BadInput, Line($"{decisions:N0} decisions were not derived again. {desk.Unknown(version, hash)}"));
        }

        return report.Identical < report.Derived ? ExitCode.NotAsExpected
            : report.UnknownPolicies.Count > 0 ? ExitCode.BadInput
            : ExitCode.Answered;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
