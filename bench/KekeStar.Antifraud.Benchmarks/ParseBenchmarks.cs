using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// Intake: a request's bytes to the event. The generated parser only makes objects; validating, normalising, hashing
/// and summarising, which the other does too, would come on top of it.
/// </summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private readonly ScoreEvent _event = new();
    private HotPath _hotPath = null!;
    private ScoreRequestParser _parser = null!;
    private byte[] _message = [];

    /// <summary>Usual: the load program's 895 bytes. Full: every signal, the lists and series as long as they may be.</summary>
    [Params(RequestSize.Usual, RequestSize.Full)]
    public RequestSize Request { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _parser = _hotPath.Parser;
        _message = Request == RequestSize.Usual ? new RequestRing().Next() : FullRequest.Encode();
        if (!Parse() || _event.DroppedCount != 0)
        {
            throw new InvalidOperationException($"Not a clean request: {_event.Error}, {_event.DroppedCount} signals dropped.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    [Benchmark(Baseline = true)]
    public ScoreRequest GeneratedParser() => ScoreRequest.Parser.ParseFrom(_message);

    [Benchmark(Description = "ScoreRequestParser, hashing included")]
    public bool Parse()
    {
        _parser.Parse(_message, _event);
        return _event.Error == RequestError.None;
    }
}

/// <summary>Which request.</summary>
public enum RequestSize
{
    Usual,
    Full,
}
