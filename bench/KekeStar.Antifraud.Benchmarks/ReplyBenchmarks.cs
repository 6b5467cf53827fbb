using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Reply: a decision with several reasons to bytes. Sealing the device token, one keyed hash, is in all but the last.</summary>
[MemoryDiagnoser]
public class ReplyBenchmarks
{
    private readonly ProtobufWriter _writer = new();
    private HotPath _hotPath = null!;
    private ScoreReplyEncoder _encoder = null!;
    private DeviceTokens _tokens = null!;
    private ScoringCall _call = null!;
    private ScoreReply _built = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _encoder = _hotPath.Encoder;
        _tokens = _hotPath.Tokens;
        _call = await BurstOfRegistrations.ScoreAsync(_hotPath);
        _built = GeneratedReply.Build(_call, _tokens);
        ScoreReplyEncoder();
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
    public byte[] GeneratedMessage() => GeneratedReply.Build(_call, _tokens).ToByteArray();

    [Benchmark]
    public int ScoreReplyEncoder()
    {
        _writer.Clear();
        _encoder.Write(_call.Event, _call.Features, _call.Decision, _writer);
        return _writer.Written.Length;
    }

    [Benchmark]
    public byte[] GeneratedMessageAlreadyBuilt() => _built.ToByteArray();
}
