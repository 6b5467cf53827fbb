using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Memory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Load.Targets;

/// <summary>
/// The service in this program: as "antifraud serve" runs it, or with Kestrel's own memory pool, which clears nothing.
/// The latter is no setting of the service and must not become one.
/// </summary>
internal static class PrivacyHost
{
    /// <summary>Serves until cancelled.</summary>
    /// <param name="zeroing">Whether memory is cleared when Kestrel gives it back, as the service does.</param>
    /// <param name="configuration">Configuration arguments of the service.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task RunAsync(bool zeroing, string[] configuration, CancellationToken cancellation)
    {
        await using WebApplication service = await AntifraudHost.BuildAsync(configuration, builder =>
        {
            if (!zeroing)
            {
                // The last one counts; the one before it is Kestrel's.
                builder.Services.Remove(builder.Services.Last(static added => added.ServiceType == typeof(IMemoryPoolFactory<byte>)));
            }
        });
        if (service.Services.GetRequiredService<IMemoryPoolFactory<byte>>() is ZeroingMemoryPoolFactory != zeroing)
        {
            throw new InvalidOperationException("The service has another memory pool than it should be measured with.");
        }

        await ((IHost)service).RunAsync(cancellation);
    }
}
