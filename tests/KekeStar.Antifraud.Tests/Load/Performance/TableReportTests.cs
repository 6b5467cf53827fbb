using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Performance;
using KekeStar.Antifraud.Load.Reporting;

namespace KekeStar.Antifraud.Tests.Load.Performance;

public sealed class TableReportTests
{
    private static readonly TableOptions Options = MeasuredRounds.Options;
    private static readonly IReadOnlyList<Subject> Subjects = [.. Subject.All("antifraud.dll", [], batch: 32).Where(static subject => subject.Key is Subject.Echo or Subject.Embedded or Subject.Redis)];

    [Fact]
    public void Every_subject_has_a_row_in_each_mode_and_every_cell_its_column()
    {
        Report report = Of(Round());

        Assert.Equal(["goals", "subjects", "open-loop", "connections", "rounds"], report.Sections.Select(static section => section.Key), StringComparer.Ordinal);
        Assert.All(report.Sections, static section => Assert.All(section.Rows, row => Assert.Equal(section.Columns.Count, row.Count)));
        ReportSection peaks = report.Sections.Single(static section => section.Key == "subjects");
        Assert.Equal(2 * Subjects.Count, peaks.Rows.Count);
        Assert.Equal("0.500", peaks.Rows.Single(static row => row[0].Text == "Score, embedded store" && row[1].Text == "single")[3].Text);
    }

    [Fact]
    public void A_report_of_rounds_that_measured_little_can_be_written_all_the_same()
    {
        var little = new Dictionary<MeasurementKey, double> { [Options.Peak(Subject.Echo, WriteMode.Single)] = 100 };

        string markdown = ReportMarkdown.Text(Of(little));

        Assert.Contains("not measured", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", markdown, StringComparison.Ordinal);
        Assert.All(Of(little).Sections.Where(static section => section.Plot is not null), static section => Assert.DoesNotContain("NaN", SvgPlot.Text(section.Plot!), StringComparison.Ordinal));
    }

    private static Report Of(Dictionary<MeasurementKey, double> round)
        => new TableReport(Subjects, Options, MeasuredRounds.Of(round)).Of(DateTimeOffset.UnixEpoch, MachineFacts.Read());

    private static Dictionary<MeasurementKey, double> Round()
    {
        var round = new Dictionary<MeasurementKey, double>();
        foreach (WriteMode mode in Enum.GetValues<WriteMode>())
        {
            round[Options.Peak(Subject.Echo, mode)] = 1_000;
            round[Options.Peak(Subject.Embedded, mode)] = 500;
            round[Options.Peak(Subject.Redis, mode)] = 300;
            round[Options.Open(Subject.Echo, mode)] = 2;
            round[Options.Open(Subject.Embedded, mode)] = 3;
        }

        foreach (int connections in Options.GrowthConnections)
        {
            round[Options.Growth(Subject.Echo, connections)] = 900;
            round[Options.Growth(Subject.Embedded, connections)] = 400;
        }

        return round;
    }
}
