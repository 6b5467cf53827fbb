using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.Similarity;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Intake: what a name of a software list costs beside being read; per name.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // Lives as long as the process.
public class SketchBenchmarks
#pragma warning restore CA1001
{
    private const int Names = 64;

    private readonly KeyEpoch _epoch = new(1, new byte[KeyEpoch.MasterKeyLength]);
    private readonly byte[][] _names =
        [.. Enumerable.Range(0, Names).Select(static number => System.Text.Encoding.ASCII.GetBytes($"com.example.some.app{number}"))];

    /// <summary>What a sketch of whole pseudonyms would take.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Names)]
    public ulong Pseudonyms()
    {
        var least = ulong.MaxValue;
        foreach (var name in _names)
        {
            least = Math.Min(least, _epoch.Pseudonymise(EntityKind.Similar, name).High);
        }

        return least;
    }

    [Benchmark(OperationsPerInvoke = Names)]
    public int IsCommon()
    {
        var common = 0;
        foreach (var name in _names)
        {
            common += CommonSoftware.Shipped.Ignores(name) ? 1 : 0;
        }

        return common;
    }

    [Benchmark(OperationsPerInvoke = Names)]
    public bool Fold()
    {
        var sketch = default(SoftwareSketch);
        foreach (var name in _names)
        {
            sketch.Fold(_epoch.SketchKey, name);
        }

        return sketch.IsComplete;
    }
}
