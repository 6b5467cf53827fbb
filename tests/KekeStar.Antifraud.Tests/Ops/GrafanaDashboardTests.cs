using System.Text;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>The dashboard for Grafana, as far as it can be held against the service without Grafana.</summary>
public sealed class GrafanaDashboardTests
{
    [Fact]
    public void The_data_source_is_a_variable_and_no_panel_names_another()
    {
        var variables = GrafanaDashboard.Load()["templating"]!["list"]!.AsArray();
        Assert.Equal("datasource", (string?)Assert.Single(variables, static variable => (string?)variable!["name"] == "datasource")!["type"]);
        Assert.All(GrafanaDashboard.Panels(), static panel =>
        {
            Assert.Equal("${datasource}", (string?)panel["datasource"]!["uid"]);
            Assert.All(panel["targets"]!.AsArray(), static target => Assert.Equal("${datasource}", (string?)target!["datasource"]!["uid"]));
        });
    }

    [Fact]
    public void Panels_have_titles_and_ids_of_their_own_and_do_not_overlap()
    {
        var panels = GrafanaDashboard.Panels();
        Assert.All(panels, static panel => Assert.False(string.IsNullOrEmpty((string?)panel["title"])));
        Assert.Equal(panels.Count, panels.Select(static panel => (int)panel["id"]!).Distinct().Count());
        var cells = panels.SelectMany(static panel => Cells(panel["gridPos"]!)).ToArray();
        Assert.Equal(cells.Length, cells.Distinct().Count());
        Assert.All(cells, static cell => Assert.InRange(cell.X, 0, 23));
    }

    [Fact]
    public void Every_metric_of_a_panel_is_one_of_the_services()
    {
        var known = DocumentedMetric.All.Select(static metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(GrafanaDashboard.Expressions().SelectMany(DocumentedMetric.NamedIn), name => !known.Contains(name));
    }

    [Fact]
    public async Task Promtool_parses_every_expression()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-dashboard-");
        try
        {
            var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
            foreach (var (number, expression) in GrafanaDashboard.Expressions().Index())
            {
                rules.Append(System.Globalization.CultureInfo.InvariantCulture, $"      - record: panel_{number}\n        expr: '{expression.Replace("'", "''", StringComparison.Ordinal)}'\n");
            }

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.yaml"), rules.ToString());
            await CommandRun.AssertSucceedsAsync(folder.FullName, "promtool", "check", "rules", "rules.yaml");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(int X, int Y)> Cells(System.Text.Json.Nodes.JsonNode position) =>
        from x in Enumerable.Range((int)position["x"]!, (int)position["w"]!)
        from y in Enumerable.Range((int)position["y"]!, (int)position["h"]!)
        select (x, y);
}
