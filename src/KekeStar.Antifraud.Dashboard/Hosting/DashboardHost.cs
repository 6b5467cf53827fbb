using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Dashboard.Hosting;

/// <summary>Puts the service together with its dashboard.</summary>
public static class DashboardHost
{
    /// <summary>
    /// Builds the service as <see cref="AntifraudHost"/> does, and the dashboard beside it, which listens on a port of its own once the
    /// service runs. With an empty <c>Antifraud:Dashboard:Listen</c> there is none.
    /// </summary>
    /// <param name="args">Configuration, <c>--Antifraud:Store:Kind=redis</c> and so on; goes before environment and appsettings.json.</param>
    /// <exception cref="OptionsValidationException">Settings are wrong; holds every error.</exception>
    /// <exception cref="InvalidOperationException">The key ring or the store cannot be opened; the message says what to do.</exception>
    public static Task<WebApplication> BuildAsync(params string[] args) => AntifraudHost.BuildAsync(args, AddDashboard);

    private static void AddDashboard(WebApplicationBuilder builder, AntifraudOptions options)
    {
        if (ListenAddress.TryParse(options.Dashboard.Listen, out _))
        {
            builder.Services.AddSingleton(provider => new DashboardServer(provider, options));
            builder.Services.AddHostedService(static provider => provider.GetRequiredService<DashboardServer>());
        }
    }
}
