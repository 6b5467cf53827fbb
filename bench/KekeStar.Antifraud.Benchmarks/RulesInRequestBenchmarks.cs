using System.Globalization;
using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// The whole way of a request without network under policies of so many rules for its scene, embedded store in memory: from
/// 10 to 170 rules the throughput may fall by a fifth (goal of the project). Every request has other features than the last, so
/// that no branch is predicted from the event before, as in <see cref="PolicyBenchmarks"/>.
/// </summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // Disposed of in CleanupAsync.
public class RulesInRequestBenchmarks
#pragma warning restore CA1001
{
    private static readonly string[] Scenes = ["LOGIN", "REGISTER", "SEND_MESSAGE"];

    private readonly PayloadIn _in = new();
    private readonly PayloadOut _out = new();
    private readonly string _policy = Path.GetTempFileName();
    private HotPath _hotPath = null!;
    private ScoringMarshallers _marshallers = null!;
    private ScoringPipeline _pipeline = null!;
    private RequestRing _requests = null!;

    [GlobalSetup(Target = nameof(Rules10))]
    public Task Open10Async() => OpenAsync(10);

    [GlobalSetup(Target = nameof(Rules100))]
    public Task Open100Async() => OpenAsync(100);

    [GlobalSetup(Target = nameof(Rules170))]
    public Task Open170Async() => OpenAsync(170);

    [GlobalSetup(Target = nameof(Rules1000))]
    public Task Open1000Async() => OpenAsync(1_000);

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _hotPath.DisposeAsync();
        File.Delete(_policy);
    }

    [Benchmark(Baseline = true)]
    public int Rules10() => Score();

    [Benchmark]
    public int Rules100() => Score();

    [Benchmark]
    public int Rules170() => Score();

    [Benchmark]
    public int Rules1000() => Score();

    private async Task OpenAsync(int rules)
    {
        await File.WriteAllBytesAsync(_policy, SyntheticPolicy.Text(rules, Scenes));
        _hotPath = await HotPath.InMemoryAsync(_policy);
        _marshallers = _hotPath.Marshallers;
        _pipeline = _hotPath.Pipeline;
        _requests = new RequestRing();
        for (var i = 0; i < RequestRing.Count; i++)
        {
            Score();
        }
    }

    private int Score()
    {
        _in.Set(_requests.Next());
        var call = _marshallers.Score.ContextualDeserializer(_in);
        var scoring = _pipeline.ScoreAsync(call, TimeSpan.MaxValue);
        if (!scoring.IsCompletedSuccessfully || call.Counts.Status != StoreStatus.Ok)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The embedded store answered {call.Counts.Status}, or not at once."));
        }

        _marshallers.Score.ContextualSerializer(call, _out);
        return _out.Written.Length;
    }
}
