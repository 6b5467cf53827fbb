using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KekeStar.Antifraud.Service.Health;

/// <summary>Says whether answers are full ones. The service is alive and answers without its store too.</summary>
internal sealed class StoreHealthCheck : IHealthCheck
{
    // A health check may wait longer than an event, and shorter than an orchestrator's time-out.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    private readonly IWindowStore _store;

    /// <summary>Checks a store.</summary>
    public StoreHealthCheck(IWindowStore store) => _store = store;

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = await _store.PingAsync(Timeout);
        return status == StoreStatus.Ok
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The store does not take writes ({status}); answers are degraded.");
    }
}
