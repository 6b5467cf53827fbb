using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace KekeStar.Antifraud.Service.Telemetry;

/// <summary>Registers traces, logs and metrics to a collector. Without an endpoint nothing of it is registered.</summary>
internal static class OtlpExtensions
{
    private static readonly string Version =
        typeof(OtlpExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    // A random number stands for the instance, in all that it sends: a host's name may be a person's.
    private static readonly string Instance = Guid.NewGuid().ToString();

    /// <summary>Says which service it is.</summary>
    public static void Describe(ResourceBuilder resource) =>
        resource.AddService("antifraud", serviceVersion: Version, autoGenerateServiceInstanceId: false, serviceInstanceId: Instance);

    /// <summary>Sends what the options ask for.</summary>
    public static void AddOtlp(this IOpenTelemetryBuilder telemetry, ILoggingBuilder logging, OtlpOptions options)
    {
        if (!options.IsOn)
        {
            return;
        }

        if (options.HasTraces)
        {
            telemetry.WithTracing(tracing => tracing
                .AddSource(CallTracing.SourceName)

                // CallTracing makes none that is not sampled.
                .SetSampler(new AlwaysOnSampler())
                .AddOtlpExporter(exporter => Configure(exporter, options, "v1/traces")));
        }

        if (options.Logs)
        {
            logging.AddOpenTelemetry(records =>
            {
                records.IncludeFormattedMessage = true;

                // Scopes hold paths and connection ids of ASP.NET Core.
                records.IncludeScopes = false;
                var resource = ResourceBuilder.CreateDefault();
                Describe(resource);
                records.SetResourceBuilder(resource);
                records.AddOtlpExporter(exporter => Configure(exporter, options, "v1/logs"));
            });
        }

        if (options.Metrics)
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter(exporter => Configure(exporter, options, "v1/metrics")));
        }
    }

    // A path is added to an endpoint that comes from the environment, but not to one that is set here.
    private static void Configure(OtlpExporterOptions exporter, OtlpOptions options, string path)
    {
        var endpoint = new Uri(options.Endpoint!);
        exporter.Protocol = options.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = options.Protocol == OtlpProtocol.Grpc ? endpoint : new Uri(endpoint, path);
    }
}
