using Grpc.AspNetCore.Server.Model;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Keys;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Privacy;
using KekeStar.Antifraud.Service.Telemetry;
using KekeStar.Antifraud.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>Registers the hot path and the contract's service Antifraud.</summary>
internal static class ScoringExtensions
{
    // Behind every real gRPC endpoint: see MapScoring.
    private const int JsonEndpointOrder = 1000;

    /// <summary>Adds the steps of the hot path, but for the windows.</summary>
    public static void AddScoring(this IServiceCollection services, AntifraudOptions options)
    {
        services.AddKeys(options.Keys);
        services.AddSingleton(provider => new SealingKeys(
            options.Sealing,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SealingKeys>>()));
        services.AddSingleton(static provider => new SealedIdentifiers(provider.GetRequiredService<SealingKeys>()));
        services.AddRights();
        services.AddSingleton(provider => new ReferenceTableSource(
            options.Tables,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ReferenceTableSource>>()));
        services.AddSingleton<ScoreRequestParser>();
        services.AddSingleton<ReportRequestParser>();
        services.AddSingleton(provider => new PolicySource(
            options.Policy,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PolicySource>>(),
            new ModelLibrary(options.Models)));
        services.AddSingleton(options.Policy);
        services.AddSingleton<PolicyWorkbench>();
        services.AddSingleton<Decider>();
        services.AddSingleton<DecisionMetrics>();
        services.AddSingleton<ScoringPipeline>();
        services.AddSingleton<ScoringMarshallers>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService(static provider => provider.GetRequiredService<OpenStreams>());
        services.AddSingleton<AntifraudService>();
        services.AddSingleton<AntifraudJsonService>();
        services.AddSingleton<IServiceMethodProvider<AntifraudService>>(
            provider => new AntifraudMethods(provider.GetRequiredService<ScoringMarshallers>(), options.Telemetry.Otlp.HasTraces));
    }

    /// <summary>Maps the service for gRPC and, if wanted, for JSON.</summary>
    public static void MapScoring(this IEndpointRouteBuilder endpoints, bool json, CallerOptions callers, CallTracing? tracing)
    {
        // antifraud.decision.duration says more than the duration of the HTTP request, and one histogram for each call is enough.
        endpoints.MapGrpcService<AntifraudService>()
            .RequireCaller(callers)
            .DisableHttpMetrics()
            .Trace(tracing)
            .Add(new SharedServices(endpoints.ServiceProvider).Wrap);
        if (json)
        {
            // The transcoder maps the generated service for gRPC too. Those endpoints stand behind the hot path's own.
            endpoints.MapGrpcService<AntifraudJsonService>()
                .RequireAuthorization(ListeningExtensions.CallersPolicy)
                .Add(static endpoint => ((RouteEndpointBuilder)endpoint).Order = JsonEndpointOrder);
        }
    }
}
