using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>The service's own registrations without the network in front of them.</summary>
internal sealed class HotPath : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DirectoryInfo? _data;
    private readonly ChildServer? _redis;

    private HotPath(ServiceProvider services, DirectoryInfo? data, ChildServer? redis)
    {
        _services = services;
        _data = data;
        _redis = redis;
    }

    /// <summary>The key that its sealing keys hold, as number 1.</summary>
    public static ReadOnlySpan<byte> SealingKey => new byte[SealedFormat.KeyLength];

    public SealedIdentifiers Sealed => _services.GetRequiredService<SealedIdentifiers>();

    public KeySet Keys => _services.GetRequiredService<KeyRing>().At(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    public ScoreRequestParser Parser => _services.GetRequiredService<ScoreRequestParser>();

    public StoreGate Gate => _services.GetRequiredService<StoreGate>();

    public EventWindows Windows => _services.GetRequiredService<EventWindows>();

    public Decider Decider => _services.GetRequiredService<Decider>();

    public ScoringPipeline Pipeline => _services.GetRequiredService<ScoringPipeline>();

    public ScoringMarshallers Marshallers => _services.GetRequiredService<ScoringMarshallers>();

    /// <summary>Over the embedded store without a file.</summary>
    /// <param name="policy">Path of the policy file; empty: the shipped policy.</param>
    public static Task<HotPath> InMemoryAsync(string policy = "")
    {
        var options = NewOptions();
        options.Store.Kind = StoreKind.Memory;
        options.Policy.Path = policy;
        return BuildAsync(options, data: null, redis: null);
    }

    /// <summary>Over the embedded store with its append-only file, in a temporary folder.</summary>
    public static Task<HotPath> OnDiskAsync()
    {
        var data = Directory.CreateTempSubdirectory("antifraud-bench-");
        var options = NewOptions();
        options.Store.Kind = StoreKind.Embedded;
        options.Store.Embedded.DataDirectory = data.FullName;
        return BuildAsync(options, data, redis: null);
    }

    /// <summary>Over an empty redis-server that is started for it.</summary>
    public static async Task<HotPath> OnRedisAsync()
    {
        var redis = await RedisProcess.StartAsync(CancellationToken.None);
        var options = NewOptions();
        options.Store.Kind = StoreKind.Redis;
        options.Store.Redis.Configuration = redis.Address.ToString();
        return await BuildAsync(options, data: null, redis);
    }

    public async ValueTask DisposeAsync()
    {
        var trimmer = _services.GetRequiredService<LogTrimmer>();
        await trimmer.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _data?.Delete(recursive: true);
    }

    private static AntifraudOptions NewOptions()
    {
        var options = new AntifraudOptions();
        options.Keys.MasterKey = Convert.ToBase64String(new byte[KeyEpoch.MasterKeyLength]);
        options.Sealing.Keys = $"{{\"keys\": [{{\"id\": 1, \"key\": \"{Convert.ToBase64String(SealingKey)}\"}}]}}";

        // A degraded answer is quick and would flatter: on a busy machine the store gets the time that it needs.
        options.Gate.StoreTimeout = TimeSpan.FromSeconds(1);
        return options;
    }

    private static async Task<HotPath> BuildAsync(AntifraudOptions options, DirectoryInfo? data, ChildServer? redis)
    {
        var services = new ServiceCollection();
        await services.AddInProcessAsync(options);
        var hotPath = new HotPath(services.BuildServiceProvider(), data, redis);

        // As in the service: without it the logs of busy entities would grow for as long as the benchmark runs.
        await hotPath._services.GetRequiredService<LogTrimmer>().StartAsync(CancellationToken.None);
        return hotPath;
    }
}
