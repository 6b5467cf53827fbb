namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>Writes a report's files into a folder: NAME.md, NAME.json and NAME-SECTION.svg, in place of those of the run before.</summary>
internal static class ReportFolder
{
    /// <summary>Where reports go, seen from the repository's root.</summary>
    public static string Preset { get; } = Path.Combine("bench", "results", "performance");

    /// <summary>Writes the files and gives the path of the Markdown one.</summary>
    public static string Write(Report report, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (string old in Directory.EnumerateFiles(directory, $"{report.Name}-*.svg"))
        {
            File.Delete(old);
        }

        foreach (ReportSection section in report.Sections.Where(static section => section.Plot is not null))
        {
            File.WriteAllText(Path.Combine(directory, PlotFile(report, section)), SvgPlot.Text(section.Plot!));
        }

        string path = Path.Combine(directory, report.Name);
        File.WriteAllText(path + ".json", ReportJson.Text(report));
        File.WriteAllText(path + ".md", ReportMarkdown.Text(report));
        return path + ".md";
    }

    /// <summary>Gives the name of a section's plot file.</summary>
    public static string PlotFile(Report report, ReportSection section) => $"{report.Name}-{section.Key}.svg";
}
