using KekeStar.Antifraud.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Service.Auditing;

/// <summary>Registers the audit log.</summary>
internal static class AuditingExtensions
{
    /// <summary>Adds the log; it is opened when it is first asked for.</summary>
    public static void AddAuditing(this IServiceCollection services, AuditOptions options)
    {
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton(provider => AuditLog.Open(
            options,
            provider.GetRequiredService<AuditMetrics>(),
            provider.GetRequiredService<ILogger<AuditLog>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<AuditedLifetime>();
    }
}
