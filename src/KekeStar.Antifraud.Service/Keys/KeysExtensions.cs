using KekeStar.Antifraud.Intake.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Service.Keys;

/// <summary>Registers the keys of the pseudonyms.</summary>
internal static class KeysExtensions
{
    /// <summary>Loads the key ring, and watches its file once the service runs.</summary>
    /// <exception cref="InvalidOperationException">No usable key; the message says which setting to change.</exception>
    public static void AddKeys(this IServiceCollection services, KeyRingOptions options)
    {
        // At once, so that a wrong key file stops the start before a store is opened.
        services.AddSingleton(KeyRing.Load(options, TimeProvider.System.GetUtcNow()));
        services.AddHostedService(provider => new KeyRingReload(
            provider.GetRequiredService<KeyRing>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KeyRingReload>>()));
    }

    /// <summary>Has the audit log told of each step of a rotation. Behind the audit log itself, which says first that the service started.</summary>
    public static void AddKeyAudit(this IServiceCollection services) => services.AddHostedService<KeyAudit>();
}
