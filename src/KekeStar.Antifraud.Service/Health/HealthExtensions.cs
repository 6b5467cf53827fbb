using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KekeStar.Antifraud.Service.Health;

/// <summary>Registers health over gRPC (grpc.health.v1) and over HTTP.</summary>
internal static class HealthExtensions
{
    /// <summary>Health name that is NOT_SERVING while answers are degraded. Liveness ("" and the service's name) never depends on the store.</summary>
    public const string StoreHealthName = "store";

    private const string StoreTag = "store";

    /// <summary>Adds the checks.</summary>
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddGrpcHealthChecks(health =>
        {
            health.Services.Map("", static context => !context.Tags.Contains(StoreTag, StringComparer.Ordinal));
            health.Services.Map(V1.Antifraud.Descriptor.FullName, static context => !context.Tags.Contains(StoreTag, StringComparer.Ordinal));
            health.Services.Map(StoreHealthName, static context => context.Tags.Contains(StoreTag, StringComparer.Ordinal));
        })
        .AddCheck("process", static () => HealthCheckResult.Healthy())
        .AddCheck<StoreHealthCheck>("store", tags: [StoreTag]);

        // A gateway that watches "store" learns of a change within a second.
        services.Configure<HealthCheckPublisherOptions>(static publisher =>
        {
            publisher.Delay = TimeSpan.Zero;
            publisher.Period = TimeSpan.FromSeconds(1);
        });
    }

    /// <summary>Maps the endpoints. They say up or down and nothing else, so they need no caller authentication of their own.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcHealthChecksService().AllowAnonymous();
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static check => !check.Tags.Contains(StoreTag) })
            .AllowAnonymous();
        endpoints.MapHealthChecks("/health/store", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(StoreTag) })
            .AllowAnonymous();
    }
}
