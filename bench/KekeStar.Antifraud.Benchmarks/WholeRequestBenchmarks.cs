using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// The whole way of a request without network: payload in, parse, identity, windows, features, policy, decision, payload
/// out. 895 bytes, twelve window logs, no device token, every event new. On one thread; towards Redis with
/// <see cref="InFlight"/> requests under way at once.
/// </summary>
[MemoryDiagnoser]
public class WholeRequestBenchmarks
{
    private const int InFlight = 64;

    private readonly ScoringCall[] _calls = new ScoringCall[InFlight];
    private readonly ValueTask[] _pending = new ValueTask[InFlight];
    private readonly PayloadIn _in = new();
    private readonly PayloadOut _out = new();
    private HotPath _hotPath = null!;
    private ScoringMarshallers _marshallers = null!;
    private ScoringPipeline _pipeline = null!;
    private RequestRing _requests = null!;

    [GlobalSetup(Target = nameof(EmbeddedInMemory))]
    public async Task OpenInMemoryAsync() => Fill(await HotPath.InMemoryAsync());

    [GlobalSetup(Target = nameof(EmbeddedOnDisk))]
    public async Task OpenOnDiskAsync() => Fill(await HotPath.OnDiskAsync());

    [GlobalSetup(Target = nameof(LocalRedis))]
    public async Task OpenRedisAsync()
    {
        Use(await HotPath.OnRedisAsync());
        for (var i = 0; i < RequestRing.Count / InFlight; i++)
        {
            await LocalRedis();
        }

        CheckReply();
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    [Benchmark(Baseline = true)]
    public int EmbeddedInMemory() => Score();

    [Benchmark]
    public int EmbeddedOnDisk() => Score();

    [Benchmark(OperationsPerInvoke = InFlight)]
    [SuppressMessage("Reliability", "CA2012", Justification = "Each is awaited once, in the second loop.")]
    public async Task LocalRedis()
    {
        for (var i = 0; i < InFlight; i++)
        {
            _in.Set(_requests.Next());
            _calls[i] = _marshallers.Score.ContextualDeserializer(_in);
            _pending[i] = _pipeline.ScoreAsync(_calls[i], TimeSpan.MaxValue);
        }

        for (var i = 0; i < InFlight; i++)
        {
            await _pending[i];
            if (_calls[i].Counts.Status != StoreStatus.Ok)
            {
                throw new InvalidOperationException($"The store answered {_calls[i].Counts.Status}.");
            }

            _marshallers.Score.ContextualSerializer(_calls[i], _out);
        }
    }

    private int Score()
    {
        _in.Set(_requests.Next());
        var call = _marshallers.Score.ContextualDeserializer(_in);
        var scoring = _pipeline.ScoreAsync(call, TimeSpan.MaxValue);
        if (!scoring.IsCompletedSuccessfully || call.Counts.Status != StoreStatus.Ok)
        {
            throw new InvalidOperationException($"The embedded store answered {call.Counts.Status}, or not at once.");
        }

        _marshallers.Score.ContextualSerializer(call, _out);
        return _out.Written.Length;
    }

    private void Use(HotPath hotPath)
    {
        _hotPath = hotPath;
        _marshallers = hotPath.Marshallers;
        _pipeline = hotPath.Pipeline;
        _requests = new RequestRing();
    }

    private void Fill(HotPath hotPath)
    {
        Use(hotPath);
        for (var i = 0; i < RequestRing.Count; i++)
        {
            Score();
        }

        CheckReply();
    }

    private void CheckReply()
    {
        var reply = ScoreReply.Parser.ParseFrom(_out.Written);
        if (reply.EventId.Length == 0 || reply.Degraded.Count != 0 || reply.DroppedSignals.Count != 0)
        {
            throw new InvalidOperationException("Not a full reply.");
        }
    }
}
