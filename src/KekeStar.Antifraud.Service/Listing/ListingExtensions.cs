using Grpc.AspNetCore.Server.Model;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>Registers the lists and the contract's service Lists.</summary>
internal static class ListingExtensions
{
    // Behind every real gRPC endpoint.
    private const int JsonEndpointOrder = 1000;

    /// <summary>Adds the lists.</summary>
    public static void AddListing(this IServiceCollection services)
    {
        services.AddSingleton<ListBook>();
        services.AddSingleton<ListJournal>();
        services.AddHostedService<ListRefresher>();
        services.AddSingleton<ListRequestReader>();
        services.AddSingleton<ListsService>();
        services.AddSingleton<ListsJsonService>();
        services.AddSingleton<IServiceMethodProvider<ListsService>, ListsMethods>();
    }

    /// <summary>Maps the service for gRPC and, if wanted, for JSON.</summary>
    public static void MapListing(this IEndpointRouteBuilder endpoints, bool json, CallTracing? tracing)
    {
        endpoints.MapGrpcService<ListsService>().RequireAuthorization(ListeningExtensions.ListsPolicy).Trace(tracing);
        if (json)
        {
            // As with MapScoring: the generated gRPC endpoints stand behind the ones above.
            endpoints.MapGrpcService<ListsJsonService>()
                .RequireAuthorization(ListeningExtensions.ListsPolicy)
                .Add(static endpoint => ((RouteEndpointBuilder)endpoint).Order = JsonEndpointOrder);
        }
    }
}
