using System.Security.Cryptography;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Streaming;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Service.Archiving;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>
/// The service's own hot path, outcomes and archive in this process, without a port: over windows in memory that nobody else sees, on a
/// clock that the caller sets.
/// </summary>
internal sealed class InProcessService : IAsyncDisposable
{
    // Not what a file looks like decides, but what is in it: no event is given up because the machine was busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // By the simulated clock: a file for each hour.
    private static readonly TimeSpan FlushInterval = TimeSpan.FromHours(1);

    private readonly GarnetWindowStore _store;
    private readonly ServiceProvider _services;
    private readonly LogTrimmer _trimmer;
    private readonly ScoringPipeline _pipeline;
    private readonly ReportRequestParser _reports;
    private readonly OutcomeWriter _outcomes;

    private InProcessService(GarnetWindowStore store, ServiceProvider services)
    {
        _store = store;
        _services = services;
        _trimmer = services.GetRequiredService<LogTrimmer>();
        _pipeline = services.GetRequiredService<ScoringPipeline>();
        _reports = services.GetRequiredService<ReportRequestParser>();
        _outcomes = services.GetRequiredService<OutcomeWriter>();
        Writer = services.GetServices<IHostedService>().OfType<ArchiveWriter>().Single();
    }

    /// <summary>Writes the archive, when the caller says so: it is not started.</summary>
    internal ArchiveWriter Writer { get; }

    /// <summary>Makes one.</summary>
    /// <param name="options">Archive, memory, policy.</param>
    /// <param name="clock">The clock.</param>
    internal static async Task<InProcessService> StartAsync(ReplayOptions options, SimulatedClock clock)
    {
        var settings = new AntifraudOptions();

        // The same key each time, so that the same file gives the same archive; it protects nobody, because nobody is real.
        settings.Keys.MasterKey = Convert.ToBase64String(SHA256.HashData("simulation"u8));
        settings.Gate.StoreTimeout = Patience;
        settings.Policy.Path = options.Policy ?? "";
        settings.Policy.Directory = "";
        var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = (long)options.StoreMebibytes << 20 });
        var services = new ServiceCollection();
        services.AddInProcessScoring(settings, store, clock);
        services.AddArchive(
            new ArchiveOptions
            {
                Directory = options.Archive,
                RetentionDays = ArchiveLimits.MaxRetentionDays,
                FlushInterval = FlushInterval,
                MaxBytes = long.MaxValue,
            },
            new KafkaOptions());
        var service = new InProcessService(store, services.BuildServiceProvider());
        await service._trimmer.StartAsync(CancellationToken.None);
        return service;
    }

    /// <summary>Scores an event.</summary>
    /// <typeparam name="T">What is made of the decision.</typeparam>
    /// <param name="message">A ScoreRequest.</param>
    /// <param name="read">Sees the decision.</param>
    /// <exception cref="InvalidDataException">The event cannot be scored, or the windows were not asked in full.</exception>
    internal async ValueTask<T> ScoreAsync<T>(ReadOnlyMemory<byte> message, Func<ScoringCall, T> read)
    {
        var call = ScoringCall.Rent();
        try
        {
            _pipeline.Parse(message.Span, call);
            if (call.Event.Error != RequestError.None)
            {
                throw new InvalidDataException($"An event is refused: {call.Event.Error}.");
            }

            await _pipeline.ScoreAsync(call, Patience);
            return call.Counts.Status == StoreStatus.Ok
                ? read(call)
                : throw new InvalidDataException($"The windows answered {call.Counts.Status}: give them more memory.");
        }
        finally
        {
            call.Return();
        }
    }

    /// <summary>Reports an outcome.</summary>
    /// <param name="message">A ReportRequest.</param>
    /// <returns>True if its event was still known.</returns>
    /// <exception cref="InvalidDataException">The report is refused, or the windows did not take it.</exception>
    internal async ValueTask<bool> ReportAsync(ReadOnlyMemory<byte> message)
    {
        var parsed = _reports.Parse(message.Span);
        if (parsed.Error != RequestError.None)
        {
            throw new InvalidDataException($"An outcome is refused: {parsed.Error}.");
        }

        var written = await _outcomes.WriteAsync(parsed, Patience);
        return written.Status == StoreStatus.Ok
            ? written.IsEventFound
            : throw new InvalidDataException($"The windows answered {written.Status}: give them more memory.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _trimmer.StopAsync(CancellationToken.None);
        await Writer.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
