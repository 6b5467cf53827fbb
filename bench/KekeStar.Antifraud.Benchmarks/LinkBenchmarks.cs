using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// Identity, the part with the store: no token names the device, so the logs of its identifiers are asked where they were seen.
/// Each holds as many sightings as are looked at.
/// </summary>
[MemoryDiagnoser]
public class LinkBenchmarks
{
    private readonly Observation _answered = new();
    private readonly Observation _asked = new();
    private HotPath _hotPath = null!;
    private ScoreEvent _event = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        var call = await BurstOfRegistrations.ScoreAsync(_hotPath, registrations: DeviceLinking.MaxSightings);
        _event = call.Event;
        DeviceLinking.Ask(EventView.OfCurrent(Unsettled()), readsAll: false, _answered);
        await _hotPath.Gate.ObserveAsync(_answered, TimeSpan.MaxValue);
        var device = LinkAlone();
        if (device.IsNone || device != RoundTrip() || _answered.Tail(0).Length != DeviceLinking.MaxSightings * WindowRecord.Length)
        {
            throw new InvalidOperationException("Not the device that it should be.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    /// <summary>Asking the embedded store in memory, and deciding.</summary>
    [Benchmark(Baseline = true)]
    public Pseudonym RoundTrip()
    {
        _asked.Clear();
        DeviceLinking.Ask(EventView.OfCurrent(Unsettled()), readsAll: false, _asked);
        var asking = _hotPath.Gate.ObserveAsync(_asked, TimeSpan.MaxValue);
        if (!asking.IsCompletedSuccessfully || asking.Result != StoreStatus.Ok)
        {
            throw new InvalidOperationException("The embedded store did not answer, or not at once.");
        }

        DeviceLinking.Read(_event, _asked, readsAll: false);
        return _event.Entity(EntitySlot.Device);
    }

    /// <summary>Reading the answers and deciding alone.</summary>
    [Benchmark]
    public Pseudonym LinkAlone()
    {
        DeviceLinking.Read(Unsettled(), _answered, readsAll: false);
        return _event.Entity(EntitySlot.Device);
    }

    private ScoreEvent Unsettled()
    {
        _event.IsDeviceSettled = false;
        return _event;
    }
}
