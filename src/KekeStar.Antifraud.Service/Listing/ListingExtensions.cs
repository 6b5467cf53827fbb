using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>Registers the lists and the contract's service Lists.</summary>
internal static class ListingExtensions
{
    /// <summary>Adds the lists.</summary>
    public static void AddListing(this IServiceCollection services)
    {
        services.AddSingleton<ListBook>();
        services.AddSingleton<ListJournal>();
        services.AddHostedService<ListRefresher>();
        services.AddSingleton<ListsService>();
    }

    /// <summary>Maps the service.</summary>
    public static void MapListing(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGrpcService<ListsService>().RequireAuthorization(ListeningExtensions.CallersPolicy);
}
