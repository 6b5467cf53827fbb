using System.Globalization;
using System.Text;

namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>Writes a report for people. The plots are linked as files beside it.</summary>
internal static class ReportMarkdown
{
    /// <summary>Gives the report as Markdown.</summary>
    public static string Text(Report report)
    {
        var text = new StringBuilder();
        Line(text, $"# {report.Title}").AppendLine();
        Line(text, $"Measured {report.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Written by the load program; the next run replaces it.").AppendLine();
        foreach (ReportFact fact in report.Facts)
        {
            Line(text, $"* {fact.Name}: {fact.Value}");
        }

        foreach (ReportSection section in report.Sections)
        {
            Line(text.AppendLine(), $"## {section.Title}");
            Write(section, ReportFolder.PlotFile(report, section), text);
        }

        return text.ToString();
    }

    private static void Write(ReportSection section, string plotFile, StringBuilder text)
    {
        if (section.Intro.Length > 0)
        {
            text.AppendLine().AppendLine(section.Intro);
        }

        if (section.Columns.Count > 0)
        {
            // A column that has a number is one of numbers.
            IEnumerable<string> rules = section.Columns.Select((_, index) => section.Rows.Any(row => row[index].Number is not null) ? "--:" : "---");
            Line(text.AppendLine(), $"| {string.Join(" | ", section.Columns.Select(static column => Escape(column.Heading)))} |");
            Line(text, $"| {string.Join(" | ", rules)} |");
            foreach (IReadOnlyList<ReportCell> row in section.Rows)
            {
                Line(text, $"| {string.Join(" | ", row.Select(static cell => Escape(cell.Text)))} |");
            }
        }

        if (section.Plot is not null)
        {
            Line(text.AppendLine(), $"![{section.Plot.Title}]({plotFile})");
        }

        foreach (string note in section.Notes)
        {
            text.AppendLine().AppendLine(note);
        }
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);

    private static StringBuilder Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
