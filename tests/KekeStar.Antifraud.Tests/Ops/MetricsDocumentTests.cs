using KekeStar.Antifraud.Tests.Service;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>docs/metrics.md against what a running service exposes.</summary>
[Collection(nameof(OpsCollection))]
public sealed class MetricsDocumentTests(ExercisedService service)
{
    [Fact]
    public async Task Every_metric_that_a_service_exposes_is_documented_with_its_type_and_labels()
    {
        var exposed = ExposedFamily.Parse(await service.ScrapeAsync());
        var documented = DocumentedMetric.All.ToDictionary(static metric => metric.Name, StringComparer.Ordinal);

        Assert.NotEmpty(exposed);
        var wrong = exposed.Where(family => !documented.TryGetValue(family.Name, out var row)
            || row.Type != family.Type || !row.Labels.SequenceEqual(family.Labels, StringComparer.Ordinal));
        var rows = string.Join('\n', wrong.Select(static family => $"| `{family.Name}` | {family.Type} | | {string.Join(", ", family.Labels.Select(static label => $"`{label}`"))} |"));
        Assert.True(rows.Length == 0, $"docs/metrics.md lacks, or has otherwise:\n{rows}");
    }

    [Fact]
    public async Task Every_documented_metric_is_exposed()
    {
        var exposed = ExposedFamily.Parse(await service.ScrapeAsync()).Select(static family => family.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(DocumentedMetric.All.Where(metric => !exposed.Contains(metric.Name)).Select(static metric => metric.Name));
    }

    [Fact]
    public async Task What_alarms_watch_is_there_at_0_before_anything_has_happened()
    {
        await using var host = await ServiceHost.StartAsync();
        var metrics = await host.Web.GetStringAsync("/metrics");

        foreach (var series in new[]
        {
            "antifraud_decisions_total{*scene=\"Withdraw\",verdict=\"Reject\"} 0",
            "antifraud_decisions_degraded_total{*cause=\"StorePartial\"} 0",
            "antifraud_requests_refused_total{*error=\"SealedKeyUnknown\"} 0",
            "antifraud_store_calls_total{*status=\"Overloaded\"} 0",
            "antifraud_window_trims_total{*result=\"skipped\"} 0",
            "antifraud_store_embedded_failures_total{*work=\"checkpoint\"} 0",
            "antifraud_audit_failures_total* 0",
        })
        {
            var parts = series.Split('*');
            Assert.Contains(metrics.Split('\n'), line => line.StartsWith(parts[0], StringComparison.Ordinal) && line.Contains(parts[1], StringComparison.Ordinal));
        }
    }
}
