using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Service.Health;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Listing;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.Service.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Service.Hosting;

/// <summary>Puts the service together.</summary>
public static class AntifraudHost
{
    /// <summary>Builds the service; nothing listens until it is run.</summary>
    /// <param name="args">Configuration, <c>--Antifraud:Store:Kind=redis</c> and so on; goes before environment and appsettings.json.</param>
    /// <exception cref="OptionsValidationException">Settings are wrong; holds every error.</exception>
    /// <exception cref="InvalidOperationException">The key ring or the store cannot be opened; the message says what to do.</exception>
    public static async Task<WebApplication> BuildAsync(params string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var options = new AntifraudOptions();
        builder.Configuration.GetSection(AntifraudOptions.Section).Bind(options);
        AntifraudOptionsCheck.Check(options);
        builder.AddListening(options.Listen);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoring(options);
        using (var startLogging = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole()))
        {
            await builder.Services.AddWindowsAsync(options, startLogging);
        }

        builder.Services.AddListing();
        builder.Services.AddHealth();
        builder.Services.AddTelemetry();
        var grpc = builder.Services.AddGrpc(static grpc =>
        {
            // Compression off: a few hundred kilobytes of gzip can stand for gigabytes.
            grpc.CompressionProviders.Clear();
            grpc.MaxReceiveMessageSize = IntakeLimits.MaxBatchBytes;
        });
        var json = options.Listen.Json ?? IsLoopback(options.Listen);
        if (json)
        {
            grpc.AddJsonTranscoding();
        }

        builder.Services.AddGrpcReflection();

        var application = builder.Build();
        application.UseAuthorization();
        application.MapScoring(json);
        application.MapListing();
        application.MapHealth();
        application.MapTelemetry();
        application.MapGrpcReflectionService().RequireAuthorization(ListeningExtensions.CallersPolicy);
        return application;
    }

    private static bool IsLoopback(ListenOptions options) =>
        (!ListenAddress.TryParse(options.Grpc, out var grpc) || grpc.IsLoopback)
        && (!ListenAddress.TryParse(options.Web, out var web) || web.IsLoopback);
}
