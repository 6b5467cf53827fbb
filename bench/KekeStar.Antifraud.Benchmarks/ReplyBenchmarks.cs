using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Reply: a decision with several reasons to bytes. Sealing the device token, one keyed hash, is in all but the last.</summary>
[MemoryDiagnoser]
public class ReplyBenchmarks
{
    private readonly ProtobufWriter _writer = new();
    private HotPath _hotPath = null!;
    private ScoringCall _call = null!;
    private ScoreReply _built = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _call = await BurstOfRegistrations.ScoreAsync(_hotPath);
        _built = GeneratedReply.Build(_call);
        Encoder();
        var written = ScoreReply.Parser.ParseFrom(_writer.Written);

        // The encoder puts the weightiest reason first.
        var sorted = _built.Clone();
        sorted.Reasons.Clear();
        sorted.Reasons.AddRange(_built.Reasons.OrderByDescending(static reason => reason.Contribution));
        if (!written.Equals(sorted))
        {
            throw new InvalidOperationException("The two ways do not agree.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    [Benchmark(Baseline = true)]
    public byte[] GeneratedMessage() => GeneratedReply.Build(_call).ToByteArray();

    [Benchmark]
    public int Encoder()
    {
        _writer.Clear();
        ScoreReplyEncoder.Write(_call.Event, _call.Features, _call.Decision, _writer);
        return _writer.Written.Length;
    }

    [Benchmark]
    public byte[] GeneratedMessageAlreadyBuilt() => _built.ToByteArray();
}
