using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Windows: laying an event's cohort, like devices and network beside each other, against counting in these four logs.</summary>
[MemoryDiagnoser]
public class CohortBenchmarks
{
    private static readonly int[] Slots = [EntitySlot.IpPrefix, EntitySlot.Cohort, EntitySlot.Similar, EntitySlot.Similar2];

    private readonly WindowCounts _counts = new();
    private byte[] _tail = [];
    private WindowRecord _own;

    [Params(1, 10, 256)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _tail = new byte[Records * WindowRecord.Length];
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < Records; i++)
        {
            _own = new WindowRecord(
                now - ((Records - 1 - i) * 1_800_000L), (byte)Scene.Register, Outcome: 0, IsLate: false, (ulong)i + 1, (ulong)i + 1, SplitMix64.Mix((ulong)i + 1));
            _own.Write(_tail.AsSpan(i * WindowRecord.Length));
        }
    }

    [Benchmark(Baseline = true)]
    public int CountFourLogs()
    {
        foreach (var _ in Slots)
        {
            WindowCounter.Count(_tail, isCut: false, _own, _counts);
        }

        return _counts[WindowMetric.Events, 0];
    }

    [Benchmark]
    public int CountAndCompareFourLogs()
    {
        var cohorts = default(DeviceCohorts);
        foreach (var slot in Slots)
        {
            var findings = WindowCounter.Count(_tail, isCut: false, _own, _counts);
            cohorts.Add(slot, _tail, findings, _own, _counts);
        }

        cohorts.Read(out var cohort, out var similar);
        return cohort!.Value.PrefixHours + similar!.Value.ActiveHours;
    }
}
