using System.Text.Json.Nodes;
using KekeStar.Antifraud.Load.Commands;

namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>Writes a report for programs: each row is an object by the keys of its columns.</summary>
internal static class ReportJson
{
    /// <summary>Gives the report as JSON.</summary>
    public static string Text(Report report)
    {
        var facts = new JsonObject();
        foreach (ReportFact fact in report.Facts)
        {
            facts[fact.Name] = fact.Value;
        }

        var root = new JsonObject { ["name"] = report.Name, ["title"] = report.Title, ["at"] = report.At, ["facts"] = facts };
        var sections = new JsonObject();
        foreach (ReportSection section in report.Sections)
        {
            sections.Add(section.Key, Section(section));
        }

        root["sections"] = sections;
        return root.ToJsonString(LoadJson.Options) + "\n";
    }

    private static JsonObject Section(ReportSection section)
    {
        var rows = new JsonArray();
        foreach (IReadOnlyList<ReportCell> cells in section.Rows)
        {
            var row = new JsonObject();
            foreach ((ReportColumn column, ReportCell cell) in section.Columns.Zip(cells))
            {
                row.Add(column.Key, Cell(cell));
            }

            rows.Add((JsonNode)row);
        }

        return new JsonObject { ["title"] = section.Title, ["rows"] = rows, ["plot"] = section.Plot is null ? null : PlotOf(section.Plot) };
    }

    private static JsonValue? Cell(ReportCell cell) => cell switch
    {
        { Number: double number } => JsonValue.Create(number),
        _ when cell == ReportCell.None => null,
        _ => JsonValue.Create(cell.Text),
    };

    private static JsonObject PlotOf(Plot plot)
    {
        var series = new JsonObject();
        foreach (PlotSeries one in plot.Series)
        {
            series.Add(one.Name, new JsonArray([.. one.Points.Select(static point => new JsonArray(point.X, point.Y))]));
        }

        return new JsonObject { ["x"] = plot.X.Title, ["y"] = plot.Y.Title, ["series"] = series };
    }
}
