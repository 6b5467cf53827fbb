using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using KekeStar.Antifraud.Windows.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Service.Stores;

/// <summary>Registers the windows and the store that they are kept in.</summary>
internal static class StoreExtensions
{
    /// <summary>Opens the store and adds the windows.</summary>
    /// <returns>The store; the container disposes of it once it is built.</returns>
    public static async Task<IWindowStore> AddWindowsAsync(this IServiceCollection services, AntifraudOptions options, ILoggerFactory startLogging)
    {
        // Opened before the container is built: a directory in use or a wrong setting stops the start with its message.
        var store = await OpenAsync(options.Store, startLogging);
        services.AddWindows(store, options.Gate);
        return store;
    }

    /// <summary>Adds the windows over a store that is open.</summary>
    public static void AddWindows(this IServiceCollection services, IWindowStore store, StoreGateOptions gate)
    {
        services.AddSingleton(_ => store);
        services.AddSingleton(provider => new StoreGateMetrics(
            provider.GetRequiredService<IMeterFactory>().Create(StoreGateMetrics.MeterName)));
        services.AddSingleton(provider => new StoreGate(
            store,
            gate,
            provider.GetRequiredService<StoreGateMetrics>(),
            provider.GetRequiredService<ILogger<StoreGate>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TrimMetrics>();
        services.AddSingleton<LogTrimmer>();
        services.AddHostedService(static provider => provider.GetRequiredService<LogTrimmer>());
        services.AddSingleton<EntityContexts>();
        services.AddSingleton<NewLogBudget>();
        services.AddSingleton<EventWindows>();
        services.AddSingleton<OutcomeWriter>();
    }

    private static async Task<IWindowStore> OpenAsync(StoreOptions options, ILoggerFactory logging) => options.Kind switch
    {
        StoreKind.Redis => await RedisWindowStore.ConnectAsync(options.Redis, logging.CreateLogger<RedisWindowStore>(), TimeProvider.System),
        StoreKind.Memory => OpenInMemory(options.Embedded, logging),
        _ => GarnetWindowStore.Open(options.Embedded, logging.CreateLogger<GarnetWindowStore>()),
    };

    private static GarnetWindowStore OpenInMemory(EmbeddedStoreOptions options, ILoggerFactory logging)
    {
        options.DataDirectory = null;
        return GarnetWindowStore.Open(options, logging.CreateLogger<GarnetWindowStore>());
    }
}
