namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>A real Prometheus with the repository's rules scrapes a running service over TLS with a token.</summary>
[Collection(nameof(OpsCollection))]
public sealed class PrometheusScrapeTests(ExercisedService service)
{
    private static readonly string[] Documents = ["docs/runbook.md", "ops/prometheus/alerts.yaml", "ops/prometheus/recording.yaml"];

    [Fact]
    public async Task It_finds_every_metric_that_the_runbook_the_rules_and_the_dashboard_name()
    {
        string[] texts =
        [
            .. Documents.Select(static file => File.ReadAllText(RepositoryFiles.PathOf(file))),
            .. GrafanaDashboard.Expressions(),
        ];
        var wanted = texts.SelectMany(DocumentedMetric.NamedIn).Distinct(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(wanted);

        await using var prometheus = PrometheusServer.Start(service);
        await prometheus.UntilAsync("up{job=\"antifraud\"} == 1", static up => up.Count == 1);
        foreach (var name in wanted)
        {
            await prometheus.UntilAsync($"{{__name__=~\"{name}(_count)?\", job=\"antifraud\"}}", static series => series.Count > 0);
        }
    }

    [Fact]
    public async Task Its_recorded_series_and_the_dashboards_panels_have_figures()
    {
        await using var prometheus = PrometheusServer.Start(service);
        await prometheus.UntilAsync("count_over_time(up{job=\"antifraud\"}[1m]) > 3", static up => up.Count == 1);
        await prometheus.UntilAsync("job:antifraud_decisions:rate5m", static series => series.Count == 1);
        await prometheus.UntilAsync("job_cause:antifraud_degraded:share5m or on () vector(0)", static series => series.Count > 0);
        foreach (var expression in GrafanaDashboard.Expressions().Where(static expression => !NeedsTrouble(expression)))
        {
            await prometheus.UntilAsync(expression, static series => series.Count > 0);
        }
    }

    // What shows nothing where all is well, or divides by a rate that is 0 here.
    private static bool NeedsTrouble(string expression) =>
        expression.Contains("> 0", StringComparison.Ordinal) || expression.Contains("_duration_seconds_sum", StringComparison.Ordinal);
}
