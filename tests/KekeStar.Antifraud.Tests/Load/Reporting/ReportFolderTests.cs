using System.Text.Json;
using System.Xml.Linq;
using KekeStar.Antifraud.Load.Reporting;

namespace KekeStar.Antifraud.Tests.Load.Reporting;

public sealed class ReportFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("report-");

    [Fact]
    public void A_report_is_written_as_markdown_json_and_plots_in_place_of_the_one_before()
    {
        File.WriteAllText(At("sample-gone.svg"), "old");
        File.WriteAllText(At("other-kept.svg"), "another report's");

        string path = ReportFolder.Write(Sample(), _folder.FullName);

        Assert.Equal(["other-kept.svg", "sample-rules.svg", "sample.json", "sample.md"], _folder.EnumerateFiles().Select(static file => file.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        string markdown = File.ReadAllText(path);
        Assert.Contains("* cores: 2\n", markdown, StringComparison.Ordinal);
        Assert.Contains("| rules | µs \\| call | why |\n| --: | --: | --- |\n| 10 | 1.5 | – |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("![Cost](sample-rules.svg)", markdown, StringComparison.Ordinal);
        JsonElement row = JsonDocument.Parse(File.ReadAllText(At("sample.json"))).RootElement.GetProperty("sections").GetProperty("rules").GetProperty("rows")[0];
        Assert.Equal(1.54, row.GetProperty("cost").GetDouble());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("why").ValueKind);
    }

    [Theory]
    [InlineData(nameof(PlotKind.Line), "circle")]
    [InlineData(nameof(PlotKind.Bar), "rect")]
    public void A_plot_is_well_formed_and_draws_each_point_within_the_axes(string kind, string element)
    {
        Plot plot = Sample().Sections[0].Plot! with
        {
            Kind = Enum.Parse<PlotKind>(kind),
            X = new PlotAxis("rules <all>"),
            Categories = ["ten", "hundred"],
            Series = [new PlotSeries("a & b", [new PlotPoint(0, 1.54), new PlotPoint(1, 7)]), new PlotSeries("c", [new PlotPoint(0, 3)])],
        };

        XElement svg = XDocument.Parse(SvgPlot.Text(plot)).Root!;

        string[] texts = [.. svg.Elements().Where(static part => part.Name.LocalName == "text").Select(static part => part.Value)];
        Assert.Contains("rules <all>", texts, StringComparer.Ordinal);
        Assert.Contains("a & b", texts, StringComparer.Ordinal);

        // Without the background, which has no place, and the legend's boxes, which stand at 42.
        string axis = kind == nameof(PlotKind.Bar) ? "x" : "cx";
        double[] places = [.. svg.Elements().Where(part => part.Name.LocalName == element && part.Attribute(axis) is not null && (string?)part.Attribute("y") != "42").Select(part => (double)part.Attribute(axis)!)];
        Assert.Equal(3, places.Length);
        Assert.All(places, static place => Assert.InRange(place, 74, 740));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Report Sample() => new()
    {
        Name = "sample",
        Title = "A sample",
        At = DateTimeOffset.UnixEpoch,
        Facts = [new ReportFact("cores", "2")],
        Sections =
        [
            new ReportSection
            {
                Key = "rules",
                Title = "Rules",
                Columns = [new("rules", "rules"), new("cost", "µs | call"), new("why", "why")],
                Rows = [[ReportCell.Of(10, "N0"), ReportCell.Of(1.54, "F1"), ReportCell.Of(double.NaN, "F1")]],
                Plot = new Plot
                {
                    Title = "Cost",
                    X = new PlotAxis("rules", Logarithmic: true),
                    Y = new PlotAxis("µs"),
                    Series = [new PlotSeries("policy", [new PlotPoint(10, 1.54), new PlotPoint(100, 7)])],
                },
            },
        ],
    };

    private string At(string file) => Path.Combine(_folder.FullName, file);
}
