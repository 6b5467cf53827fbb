using System.Text.RegularExpressions;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>The files for Prometheus, by promtool and against the runbook.</summary>
public sealed partial class PrometheusFileTests
{
    private const int TimeoutMilliseconds = 1_000;

    private static string Folder => RepositoryFiles.PathOf("ops/prometheus");

    [Fact]
    public Task Promtool_takes_the_rules() => CommandRun.AssertSucceedsAsync(Folder, "promtool", "check", "rules", "recording.yaml", "alerts.yaml");

    [Fact]
    public Task Promtool_takes_the_scrape_configuration() =>
        CommandRun.AssertSucceedsAsync(Folder, "promtool", "check", "config", "--syntax-only", "prometheus.yaml");

    [Fact]
    public async Task Promtool_takes_the_scrape_configuration_with_the_files_that_it_names()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-promtool-");
        try
        {
            foreach (var file in Directory.GetFiles(Folder))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            folder.CreateSubdirectory("secrets");
            foreach (var name in new[] { "ca.pem", "prometheus.pem", "prometheus-key.pem" })
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "secrets", name), "");
            }

            await CommandRun.AssertSucceedsAsync(folder.FullName, "promtool", "check", "config", "prometheus.yaml");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public Task The_unit_tests_of_the_rules_pass() => CommandRun.AssertSucceedsAsync(Folder, "promtool", "test", "rules", "tests.yaml");

    [Fact]
    public void Every_alert_is_seen_firing_by_a_unit_test()
    {
        var tested = Firing().Matches(File.ReadAllText(Path.Combine(Folder, "tests.yaml"))).Select(static match => match.Groups["alert"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(AlertRule.All.Select(static alert => alert.Name).Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_alert_has_a_severity_a_summary_and_a_section_of_the_runbook_and_every_section_an_alert()
    {
        Assert.All(AlertRule.All, static alert =>
        {
            Assert.Contains(alert.Severity, (string[])["page", "ticket"], StringComparer.Ordinal);
            Assert.EndsWith(".", alert.Summary, StringComparison.Ordinal);
            Assert.Equal($"docs/runbook.md#{alert.Name.ToLowerInvariant()}", alert.Runbook);
        });
        var sections = Section().Matches(File.ReadAllText(RepositoryFiles.PathOf("docs/runbook.md"))).Select(static match => match.Groups["alert"].Value);
        Assert.Equal(AlertRule.All.Select(static alert => alert.Name).Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_section_of_the_runbook_says_what_it_means_what_users_see_and_when_it_is_over()
    {
        var sections = File.ReadAllText(RepositoryFiles.PathOf("docs/runbook.md")).Split("\n### ")[1..];
        Assert.NotEmpty(sections);
        Assert.All(sections, static section => Assert.All(
            (string[])["**Means.**", "**Users see.**", "**Over when**"],
            part => Assert.True(section.Contains(part, StringComparison.Ordinal), $"{section.Split('\n')[0]} has no {part}")));
        Assert.All(sections, static section => Assert.Matches(@"\*\*(Do|Look, do)\.\*\*", section));
    }

    [Theory]
    [InlineData("docs/runbook.md")]
    [InlineData("ops/prometheus/alerts.yaml")]
    [InlineData("ops/prometheus/recording.yaml")]
    [InlineData("ops/prometheus/tests.yaml")]
    public void Every_metric_that_is_named_is_one_of_the_services(string file)
    {
        var known = DocumentedMetric.All.Select(static metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        var named = DocumentedMetric.NamedIn(File.ReadAllText(RepositoryFiles.PathOf(file))).ToArray();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !known.Contains(name));
    }

    [GeneratedRegex("alertname=\"(?<alert>\\w+)\"", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Firing();

    [GeneratedRegex(@"^### (?<alert>\w+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, TimeoutMilliseconds)]
    private static partial Regex Section();
}
