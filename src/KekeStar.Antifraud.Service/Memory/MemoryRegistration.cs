using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Service.Memory;

/// <summary>Registers the memory that Kestrel reads requests into.</summary>
internal static class MemoryRegistration
{
    /// <summary>
    /// Replaces Kestrel's memory pools, of transport, TLS and HTTP alike, by ones that clear what is given back. After
    /// Kestrel was added, so that this one is the last registered.
    /// </summary>
    public static void AddZeroingMemory(this IServiceCollection services)
    {
        services.AddSingleton<ZeroingMemoryPoolFactory>();
        services.AddSingleton<IMemoryPoolFactory<byte>>(static provider =>
        {
            // Somebody has to ask for the instruments.
            _ = provider.GetRequiredService<ZeroingMemoryMetrics>();
            return provider.GetRequiredService<ZeroingMemoryPoolFactory>();
        });
        services.AddSingleton<ZeroingMemoryMetrics>();
    }
}
