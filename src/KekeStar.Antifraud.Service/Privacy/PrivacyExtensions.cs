using Grpc.AspNetCore.Server.Model;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Service.Privacy;

/// <summary>Registers the rights and the contract's service Privacy.</summary>
internal static class PrivacyExtensions
{
    /// <summary>Adds what the hot path needs of consent and what rights need of the windows.</summary>
    public static void AddRights(this IServiceCollection services)
    {
        services.AddSingleton<ConsentBook>();
        services.AddSingleton<ConsentJournal>();
        services.AddSingleton<LogRewriter>();
        services.AddSingleton<AccountErasure>();
        services.AddSingleton<ConsentWithdrawal>();
        services.AddSingleton<OutcomeCorrection>();
        services.AddSingleton<AccountExport>();
        services.AddSingleton<ListErasure>();
        services.AddSingleton<MinorProtection>();
        services.AddSingleton<EpochCarrier>();
    }

    /// <summary>Adds the service and what runs beside it.</summary>
    public static void AddPrivacy(this IServiceCollection services)
    {
        services.AddHostedService<ConsentRefresher>();
        services.AddHostedService(static provider => provider.GetRequiredService<MinorProtection>());
        services.AddHostedService(static provider => provider.GetRequiredService<EpochCarrier>());
        services.AddSingleton<PrivacyRequestReader>();
        services.AddSingleton<PrivacyService>();
        services.AddSingleton<IServiceMethodProvider<PrivacyService>, PrivacyMethods>();
    }

    /// <summary>Maps the service; there is no JSON for it.</summary>
    public static void MapPrivacy(this IEndpointRouteBuilder endpoints, CallTracing? tracing) =>
        endpoints.MapGrpcService<PrivacyService>().RequireAuthorization(ListeningExtensions.PrivacyPolicy).Trace(tracing);
}
