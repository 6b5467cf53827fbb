using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Telemetry;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace KekeStar.Antifraud.Service.Telemetry;

/// <summary>Registers metrics and their Prometheus endpoint, and what is sent to a collector.</summary>
internal static class TelemetryExtensions
{
    /// <summary>Adds the meters of the service, ASP.NET Core, Kestrel and the runtime.</summary>
    public static void AddTelemetry(this IServiceCollection services, ILoggingBuilder logging, TelemetryOptions options) =>
        services.AddOpenTelemetry()
            .ConfigureResource(OtlpExtensions.Describe)
            .WithMetrics(static metrics => metrics
                .AddMeter("KekeStar.Antifraud.*")
                .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Authentication")

                // Up and down for every call, and each time its tags are boxed; the time that a call waits is in its own duration.
                .AddView("kestrel.queued_requests", MetricStreamConfiguration.Drop)
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter())
            .AddOtlp(logging, options.Otlp);

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint().RequireAuthorization(ListeningExtensions.CallersPolicy);

    /// <summary>Traces the calls of endpoints; null: does not.</summary>
    public static TBuilder Trace<TBuilder>(this TBuilder endpoints, CallTracing? tracing)
        where TBuilder : IEndpointConventionBuilder
    {
        if (tracing is not null)
        {
            endpoints.Add(tracing.Wrap);
        }

        return endpoints;
    }

    /// <summary>
    /// Begins the series of counters that alarms watch. Prometheus cannot tell a counter's first appearance from its past, so
    /// the first refusal or the first failure would raise no alarm.
    /// </summary>
    public static void BeginCounting(this IServiceProvider services)
    {
        // It listens from now on; what is counted before is lost.
        _ = services.GetRequiredService<MeterProvider>();
        services.GetRequiredService<DecisionMetrics>().Begin();
        services.GetRequiredService<StoreGateMetrics>().Begin();
        services.GetRequiredService<TrimMetrics>().Begin();
        services.GetRequiredService<AuditMetrics>().Begin();

        // Not there without an archive.
        services.GetService<DecisionRecordMetrics>()?.Begin();
        services.GetService<ArchiveMetrics>()?.Begin();
        PolicyMetrics.Begin();
        ReferenceTableMetrics.Begin();
    }
}
