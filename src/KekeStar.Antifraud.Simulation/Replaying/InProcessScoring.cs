using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>The service's own hot path without the service around it: no port, no archive, no audit log.</summary>
internal static class InProcessScoring
{
    /// <summary>Adds it; what is registered later takes the place of its parts.</summary>
    /// <param name="services">Receives it.</param>
    /// <param name="settings">The settings, as of a service.</param>
    /// <param name="store">Where the windows lie.</param>
    /// <param name="clock">The time of events and windows.</param>
    internal static void AddInProcessScoring(this IServiceCollection services, AntifraudOptions settings, IWindowStore store, TimeProvider clock)
    {
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(clock);
        services.AddSingleton<ListBook>();
        services.AddSingleton<ListJournal>();
        services.AddScoring(settings);
        services.AddWindows(store, settings.Gate);
    }
}
