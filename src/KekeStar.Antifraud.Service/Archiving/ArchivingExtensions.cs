using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Streaming;
using KekeStar.Antifraud.Telemetry.Records;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Service.Archiving;

/// <summary>Registers the decision archive.</summary>
internal static class ArchivingExtensions
{
    /// <summary>
    /// Adds the archive, its writer and its questions. Without a directory nothing is added: there is no
    /// <see cref="DecisionRecordQueue"/> then, and the hot path records nothing.
    /// </summary>
    /// <param name="services">Receives it.</param>
    /// <param name="options">Where records are kept.</param>
    /// <param name="kafka">Where they go besides.</param>
    public static void AddArchive(this IServiceCollection services, ArchiveOptions options, KafkaOptions kafka)
    {
        if (string.IsNullOrEmpty(options.Directory))
        {
            return;
        }

        services.AddSingleton(options);
        services.AddSingleton(_ => new ArchiveCatalog(options.Directory));
        services.AddSingleton<ArchiveMetrics>();
        services.AddSingleton<LiveTail>();
        services.AddSingleton<FeedbackBook>();
        services.AddSingleton<DecisionRecordMetrics>();
        services.AddSingleton(static provider => new DecisionRecordQueue(
            provider.GetRequiredService<DecisionRecordMetrics>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DecisionArchive>(static provider => new DecisionArchive(
            provider.GetRequiredService<ArchiveCatalog>(),
            provider.GetRequiredService<LiveTail>(),
            provider.GetRequiredService<ArchiveOptions>(),
            provider.GetRequiredService<ArchiveMetrics>()));
        if (kafka.BootstrapServers.Length > 0)
        {
            services.AddSingleton(kafka);
            services.AddSingleton<KafkaMetrics>();
            services.AddSingleton<KafkaSink>();
        }

        services.AddHostedService<ArchiveWriter>();
    }
}
