using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// Windows: write and count an event of twelve logs, per event: the identity round trip and the observing one. With
/// <see cref="InFlight"/> events under way at once, as a busy service has them; the embedded store answers on the calling
/// thread all the same.
/// </summary>
[MemoryDiagnoser]
public class WindowObserveBenchmarks
{
    private const int InFlight = 64;

    private readonly ValueTask[] _pending = new ValueTask[InFlight];
    private readonly EventCounts[] _counts = new EventCounts[InFlight];
    private readonly Task<int>[] _sortedSetsPending = new Task<int>[InFlight];
    private HotPath _hotPath = null!;
    private EventRing _events = null!;
    private SortedSetWindows? _sortedSets;

    [GlobalSetup(Target = nameof(EmbeddedInMemory))]
    public async Task OpenInMemoryAsync() => await FillAsync(await HotPath.InMemoryAsync());

    [GlobalSetup(Target = nameof(EmbeddedOnDisk))]
    public async Task OpenOnDiskAsync() => await FillAsync(await HotPath.OnDiskAsync());

    [GlobalSetup(Targets = [nameof(LocalRedis), nameof(LocalRedisOneByOne)])]
    public async Task OpenRedisAsync() => await FillAsync(await HotPath.OnRedisAsync());

    [GlobalSetup(Target = nameof(SortedSetsInLua))]
    public async Task OpenSortedSetsAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _events = new EventRing(_hotPath);
        _sortedSets = await SortedSetWindows.OpenAsync();
        for (var i = 0; i < RequestRing.Count / InFlight; i++)
        {
            await SortedSetsInLua();
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _hotPath.DisposeAsync();
        if (_sortedSets is not null)
        {
            await _sortedSets.DisposeAsync();
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = InFlight)]
    public Task EmbeddedInMemory() => ObserveAsync();

    [Benchmark(OperationsPerInvoke = InFlight)]
    public Task EmbeddedOnDisk() => ObserveAsync();

    [Benchmark(OperationsPerInvoke = InFlight)]
    public Task LocalRedis() => ObserveAsync();

    /// <summary>The next event only when the last is answered: what one caller alone waits for.</summary>
    [Benchmark]
    public async Task LocalRedisOneByOne()
    {
        await _hotPath.Windows.ObserveAsync(_events.Next(), _counts[0], TimeSpan.MaxValue);
        Check(_counts[0]);
    }

    /// <summary>
    /// The design that was turned down: a sorted set for each entity, written and counted in one script. One of eight metrics,
    /// one round trip and no identity, which flatters it.
    /// </summary>
    [Benchmark(OperationsPerInvoke = InFlight)]
    public async Task SortedSetsInLua()
    {
        for (var i = 0; i < InFlight; i++)
        {
            _sortedSetsPending[i] = _sortedSets!.ObserveAsync(_events.Next());
        }

        for (var i = 0; i < InFlight; i++)
        {
            if (await _sortedSetsPending[i] < 1)
            {
                throw new InvalidOperationException("The event is not among what it counts.");
            }
        }
    }

    private static void Check(EventCounts counts)
    {
        if (counts.Status != StoreStatus.Ok)
        {
            throw new InvalidOperationException($"The store answered {counts.Status}.");
        }
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "Each is awaited once, in the second loop.")]
    private async Task ObserveAsync()
    {
        for (var i = 0; i < InFlight; i++)
        {
            _pending[i] = _hotPath.Windows.ObserveAsync(_events.Next(), _counts[i], TimeSpan.MaxValue);
        }

        for (var i = 0; i < InFlight; i++)
        {
            await _pending[i];
            Check(_counts[i]);
        }
    }

    private async Task FillAsync(HotPath hotPath)
    {
        _hotPath = hotPath;
        _events = new EventRing(hotPath);
        for (var i = 0; i < InFlight; i++)
        {
            _counts[i] = new EventCounts();
        }

        for (var i = 0; i < RequestRing.Count / InFlight; i++)
        {
            await ObserveAsync();
        }
    }
}
