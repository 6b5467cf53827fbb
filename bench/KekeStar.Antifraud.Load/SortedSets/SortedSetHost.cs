using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Windows;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Load.SortedSets;

/// <summary>
/// The service in this program, as "antifraud serve" runs it over Redis, with sorted sets in place of its window logs. No setting
/// of the service, and it must not become one.
/// </summary>
internal static class SortedSetHost
{
    /// <summary>Serves until cancelled.</summary>
    /// <param name="variant">How much the script does.</param>
    /// <param name="configuration">Configuration arguments of the service; its store is a redis-server.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidOperationException">The service was given another store.</exception>
    public static async Task RunAsync(SortedSetVariant variant, string[] configuration, CancellationToken cancellation)
    {
        await using WebApplication service = await AntifraudHost.BuildAsync(configuration, builder => Adjust(builder, variant));
        await ((IHost)service).RunAsync(cancellation);
    }

    private static void Adjust(WebApplicationBuilder builder, SortedSetVariant variant)
    {
        var options = new AntifraudOptions();
        OptionsReader.Read(builder.Configuration.GetSection(AntifraudOptions.Section), options, []);
        if (options.Store.Kind != Service.Stores.StoreKind.Redis)
        {
            throw new InvalidOperationException("Sorted sets need --Antifraud:Store:Kind=redis.");
        }

        // Store and gate as the service registered them, the store taken out of the first.
        ServiceDescriptor ofStore = builder.Services.Last(static added => added.ServiceType == typeof(IWindowStore));
        var inner = (IWindowStore)ofStore.ImplementationFactory!(null!);
        builder.Services.Remove(ofStore);
        builder.Services.Remove(builder.Services.Last(static added => added.ServiceType == typeof(StoreGate)));
        builder.Services.AddSingleton<IWindowStore>(_ => SortedSetStore.ConnectAsync(variant, inner, options.Store.Redis.Configuration).GetAwaiter().GetResult());
        builder.Services.AddSingleton(provider => new StoreGate(
            provider.GetRequiredService<IWindowStore>(),
            options.Gate,
            provider.GetRequiredService<StoreGateMetrics>(),
            provider.GetRequiredService<ILogger<StoreGate>>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
