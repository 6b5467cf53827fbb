using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Windows: the counts of one entity's tail in all five windows; the event's own record is its last.</summary>
[MemoryDiagnoser]
public class WindowCountBenchmarks
{
    private readonly WindowCounts _counts = new();
    private byte[] _tail = [];
    private WindowRecord _own;

    [Params(1, 10, 100, 256)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _tail = new byte[Records * WindowRecord.Length];
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < Records; i++)
        {
            _own = Record(i, now);
            _own.Write(_tail.AsSpan(i * WindowRecord.Length));
        }

        LinqOverDecodedRecords();
        var expected = AllCounts();
        WindowCounter();
        if (!AllCounts().SequenceEqual(expected))
        {
            throw new InvalidOperationException("The two ways do not agree.");
        }
    }

    [Benchmark(Baseline = true)]
    public int LinqOverDecodedRecords()
    {
        LinqWindows.Count(_tail, _own, _counts);
        return _counts[WindowMetric.Events, 0];
    }

    [Benchmark]
    public int WindowCounter()
    {
        KekeStar.Antifraud.Windows.WindowCounter.Count(_tail, isCut: false, _own, _counts);
        return _counts[WindowMetric.Events, 0];
    }

    // A steady trickle over eight days of a 64-user address; every tenth record is the failure of the attempt before it.
    private WindowRecord Record(int index, long now)
    {
        var isAttempt = index % 10 != 9 || index == Records - 1;
        var attempt = isAttempt ? index : index - 1;
        var random = SplitMix64.Mix((ulong)attempt);
        var age = (Records - 1 - index) * (8L * 86_400_000 / 256);
        return new WindowRecord(
            now - age - (age == 0 ? 0 : (long)(random >> 44)),
            (byte)(random % 8 == 0 ? Scene.Register : Scene.Login),
            isAttempt ? (byte)0 : (byte)Outcome.LoginFailed,
            IsLate: false,
            SplitMix64.Mix(random % 64),
            SplitMix64.Mix(~(random % 60)),
            random);
    }

    private int[] AllCounts()
    {
        var all = new List<int>();
        for (var metric = WindowMetric.Events; metric < WindowMetric.Regularity; metric++)
        {
            for (var window = 0; window < WindowLengths.Count; window++)
            {
                all.Add(_counts[metric, window]);
            }
        }

        for (var window = 0; window < WindowLengths.Count; window++)
        {
            all.Add(double.IsNaN(_counts.Regularity(window)) ? -1 : (int)(_counts.Regularity(window) * 1_000_000));
        }

        return [.. all];
    }
}
