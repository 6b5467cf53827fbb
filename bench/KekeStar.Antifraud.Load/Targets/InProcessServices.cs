using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KekeStar.Antifraud.Load.Targets;

/// <summary>The service's own registrations of the hot path, for those who measure it without the network in front.</summary>
internal static class InProcessServices
{
    /// <summary>Adds them, and opens the store.</summary>
    /// <param name="services">Receives the registrations.</param>
    /// <param name="options">Settings, as the service takes them.</param>
    /// <returns>The store, which is registered too.</returns>
    public static Task<IWindowStore> AddInProcessAsync(this IServiceCollection services, AntifraudOptions options)
    {
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ListBook>();
        services.AddSingleton<ListJournal>();
        services.AddScoring(options);
        return services.AddWindowsAsync(options, NullLoggerFactory.Instance);
    }
}
