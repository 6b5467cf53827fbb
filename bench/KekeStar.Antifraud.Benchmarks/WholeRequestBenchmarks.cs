using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// The whole way of a request on one thread, without network: payload in, parse, identity, windows, features, policy,
/// decision, payload out. 895 bytes, nine entities, every event new.
/// </summary>
[MemoryDiagnoser]
public class WholeRequestBenchmarks
{
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

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    [Benchmark(Baseline = true)]
    public int EmbeddedInMemory() => Score();

    [Benchmark]
    public int EmbeddedOnDisk() => Score();

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

    private void Fill(HotPath hotPath)
    {
        _hotPath = hotPath;
        _marshallers = hotPath.Marshallers;
        _pipeline = hotPath.Pipeline;
        _requests = new RequestRing();
        for (var i = 0; i < RequestRing.Count; i++)
        {
            Score();
        }

        var reply = ScoreReply.Parser.ParseFrom(_out.Written);
        if (reply.EventId.Length == 0 || reply.Degraded.Count != 0 || reply.DroppedSignals.Count != 0)
        {
            throw new InvalidOperationException("Not a full reply.");
        }
    }
}
