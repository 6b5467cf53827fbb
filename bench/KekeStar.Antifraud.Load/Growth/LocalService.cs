using System.Globalization;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// The service's own registrations in this process, without the network in front of them: what a call costs there does not
/// depend on the store and would make every ratio milder.
/// </summary>
internal sealed class LocalService : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ScoringMarshallers _marshallers;
    private readonly ScoringPipeline _pipeline;
    private readonly DirectoryInfo? _data;

    private LocalService(ServiceProvider services, DirectoryInfo? data)
    {
        _services = services;
        _data = data;
        _marshallers = services.GetRequiredService<ScoringMarshallers>();
        _pipeline = services.GetRequiredService<ScoringPipeline>();
        Store = services.GetRequiredService<IWindowStore>();
    }

    /// <summary>Gets its store.</summary>
    public IWindowStore Store { get; }

    /// <summary>Gets what was asked of the store; null: nothing is recorded.</summary>
    public RecordedRounds? Rounds => Store as RecordedRounds;

    /// <summary>Gets the embedded store; null: it has another.</summary>
    public GarnetWindowStore? Embedded => Store as GarnetWindowStore;

    /// <summary>Opens it over an embedded store with its append-only file, in a folder that goes with it.</summary>
    /// <param name="memoryBytes">The store's memory.</param>
    /// <param name="diskBytes">The store's bound on disk.</param>
    public static Task<LocalService> OnDiskAsync(long memoryBytes, long diskBytes)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("antifraud-growth-");
        AntifraudOptions options = NewOptions();
        options.Store.Embedded.DataDirectory = data.FullName;
        options.Store.Embedded.MemoryBytes = memoryBytes;
        options.Store.Embedded.MaxDiskBytes = diskBytes;

        // A checkpoint writes the whole index: rarely, while the store is filled.
        options.Store.Embedded.AppendLogBytes = Math.Max(options.Store.Embedded.AppendLogBytes, memoryBytes / 2);
        return BuildAsync(options, data);
    }

    /// <summary>Opens it over one redis-server, or a Cluster.</summary>
    /// <param name="configuration">host:port, separated by commas.</param>
    /// <param name="records">Whether what is asked of the store can be recorded, see <see cref="Rounds"/>.</param>
    public static Task<LocalService> OnRedisAsync(string configuration, bool records = false)
    {
        AntifraudOptions options = NewOptions();
        options.Store.Kind = StoreKind.Redis;
        options.Store.Redis.Configuration = configuration;
        return BuildAsync(options, data: null, records);
    }

    /// <summary>Scores events until a number of them is done, or it is time.</summary>
    /// <param name="traffic">The events.</param>
    /// <param name="inFlight">How many are under way at once.</param>
    /// <param name="goesOn">Asked before each event.</param>
    /// <param name="scored">Told of each event; null: nobody.</param>
    /// <returns>How many were scored.</returns>
    /// <exception cref="InvalidOperationException">More than one answer in a hundred was degraded: what they cost says nothing.</exception>
    public async Task<long> ScoreAsync(ScoreTraffic traffic, int inFlight, Func<bool> goesOn, Action<ScoringCall>? scored = null)
    {
        long degraded = 0;
        long[] counts = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            var payload = new ScorePayload();
            var sink = new ScoreReplySink();
            long count = 0;
            while (goesOn())
            {
                traffic.Next(payload);
                ScoringCall call = _marshallers.Score.ContextualDeserializer(payload);
                await _pipeline.ScoreAsync(call, TimeSpan.MaxValue);
                if (call.Counts.Status != StoreStatus.Ok)
                {
                    Interlocked.Increment(ref degraded);
                }

                scored?.Invoke(call);
                _marshallers.Score.ContextualSerializer(call, sink);
                count++;
            }

            return count;
        })));
        return degraded * 100 > counts.Sum()
            ? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The store did not answer {degraded} of {counts.Sum()} events in full."))
            : counts.Sum();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _services.GetRequiredService<LogTrimmer>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _data?.Delete(recursive: true);
    }

    // The nodes of a Cluster that has just been formed answer one after the other.
    private async Task WaitForStoreAsync()
    {
        for (int attempt = 0; await Store.PingAsync(TimeSpan.FromSeconds(1)) != StoreStatus.Ok; attempt++)
        {
            if (attempt == 100)
            {
                throw new InvalidOperationException("The store does not answer.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static AntifraudOptions NewOptions()
    {
        var options = new AntifraudOptions();
        options.Keys.MasterKey = Convert.ToBase64String(new byte[KeyEpoch.MasterKeyLength]);

        // A degraded answer is quick and would flatter.
        options.Gate.StoreTimeout = TimeSpan.FromSeconds(5);
        options.Store.Redis.CommandTimeout = TimeSpan.FromSeconds(5);
        options.Store.Redis.ConnectTimeout = TimeSpan.FromSeconds(10);
        return options;
    }

    private static async Task<LocalService> BuildAsync(AntifraudOptions options, DirectoryInfo? data, bool records = false)
    {
        var services = new ServiceCollection();
        IWindowStore store = await services.AddInProcessAsync(options);
        if (records)
        {
            // The last registration of each counts; what is registered with them twice is never asked for.
            var rounds = new RecordedRounds(store);
            services.AddSingleton<IWindowStore>(_ => rounds);
            services.AddSingleton(provider => new StoreGate(
                rounds,
                options.Gate,
                provider.GetRequiredService<StoreGateMetrics>(),
                NullLogger<StoreGate>.Instance,
                TimeProvider.System));
        }

        var service = new LocalService(services.BuildServiceProvider(), data);
        await service._services.GetRequiredService<LogTrimmer>().StartAsync(CancellationToken.None);
        await service.WaitForStoreAsync();
        return service;
    }
}
