using KekeStar.Antifraud.Service.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace KekeStar.Antifraud.Service.Telemetry;

/// <summary>Registers metrics and their Prometheus endpoint.</summary>
internal static class TelemetryExtensions
{
    /// <summary>Adds the meters of the service, ASP.NET Core, Kestrel and the runtime.</summary>
    public static void AddTelemetry(this IServiceCollection services) =>
        services.AddOpenTelemetry().WithMetrics(static metrics => metrics
            .AddMeter("KekeStar.Antifraud.*")
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")

            // Up and down for every call, and each time its tags are boxed; the time that a call waits is in its own duration.
            .AddView("kestrel.queued_requests", MetricStreamConfiguration.Drop)
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint().RequireAuthorization(ListeningExtensions.CallersPolicy);
}
