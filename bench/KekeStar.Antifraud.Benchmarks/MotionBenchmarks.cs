using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Intake.Motion;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Intake: two motion series of 128 samples, of a phone that moves as in a walk.</summary>
[MemoryDiagnoser]
public class MotionBenchmarks
{
    private const int Samples = 128;

    private readonly uint[] _time = new uint[Samples];
    private readonly float[] _x = new float[Samples];
    private readonly float[] _y = new float[Samples];
    private readonly float[] _z = new float[Samples];
    private readonly byte[] _codes = new byte[RecordingDigests.MaxCount * RecordingAnchor.CodeLength];

    private SampleSeries Series => new(_time, _x, _y, _z);

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < Samples; i++)
        {
            var seconds = i * 0.02;
            _time[i] = (uint)i * 20_000;
            _x[i] = (float)((1.5 * Math.Sin(11 * seconds)) + Math.Sin(4.7 * seconds) + (0.05 * random.NextDouble()));
            _y[i] = (float)((2 * Math.Sin((12 * seconds) + Math.Sin(3 * seconds))) + (0.05 * random.NextDouble()));
            _z[i] = (float)(9.8 + (3 * Math.Cos((12.5 * seconds) + Math.Sin(2 * seconds))) + (0.05 * random.NextDouble()));
        }

        if (Digests() != RecordingDigests.MaxCount || Analysis() || !Rotation())
        {
            throw new InvalidOperationException("This is no walk.");
        }
    }

    /// <summary>The criteria of the accelerometer.</summary>
    [Benchmark(Baseline = true)]
    public bool Analysis() => MotionAnalysis.Analyse(Series).IsSynthetic;

    /// <summary>The gyroscope's path.</summary>
    [Benchmark]
    public bool Rotation() => RotationPath.Take(Series).IsKnown;

    /// <summary>The codes, before they are hashed.</summary>
    [Benchmark]
    public int Digests() => RecordingDigests.Take(Series, _codes);

    /// <summary>All that both sensors cost.</summary>
    [Benchmark]
    public int Both() => (Analysis() ? 1 : 0) + (Rotation() ? 1 : 0) + Digests();
}
