using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Intake: what a request with sealed identifiers costs above the same one without, and what sealing costs the gateway.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // Disposed of in CleanupAsync.
public class SealingBenchmarks
#pragma warning restore CA1001
{
    private readonly ScoreEvent _event = new();
    private readonly byte[] _opened = new byte[SealedFormat.MaxPlaintextLength];
    private HotPath _hotPath = null!;
    private Intake.ScoreRequestParser _parser = null!;
    private SealedIdentifiers _sealed = null!;
    private IdentifierSealer _sealer = null!;
    private byte[] _unsealedMessage = [];
    private byte[] _sealedMessage = [];
    private byte[] _field = [];
    private byte[] _eventId = [];
    private byte[] _plaintext = [];
    private ScoreRequest _request = null!;
    private ScoreRequest _original = null!;

    /// <summary>Which request; all of account, address, device and token is sealed.</summary>
    [Params(RequestSize.Usual, RequestSize.Identifiers, RequestSize.Full)]
    public RequestSize Request { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _parser = _hotPath.Parser;
        _sealed = _hotPath.Sealed;
        _sealer = new IdentifierSealer(1, HotPath.SealingKey);
        _unsealedMessage = Request == RequestSize.Usual ? new RequestRing().Next() : FullRequest.Encode(lists: Request == RequestSize.Full);
        _original = ScoreRequest.Parser.ParseFrom(_unsealedMessage);
        _request = _original.Clone();
        _plaintext = new SealedSignals { AccountId = _request.AccountId, ClientIp = _request.ClientIp, Device = _request.Device }.ToByteArray();
        _sealer.Seal(_request);
        _field = _request.SealedIdentifiers.ToByteArray();
        _sealedMessage = _request.ToByteArray();
        _eventId = ByteString.CopyFromUtf8(_request.EventId).ToByteArray();

        // Both forms must be read as the same event.
        if (!ParseUnsealed() || _event.DroppedCount != 0)
        {
            throw new InvalidOperationException($"Not a clean request: {_event.Error}, {_event.DroppedCount} signals dropped.");
        }

        var entities = Pseudonyms();
        if (!ParseSealed() || _event.DroppedCount != 0 || !Pseudonyms().AsSpan().SequenceEqual(entities) || _field.Length != _plaintext.Length + SealedFormat.Overhead)
        {
            throw new InvalidOperationException($"The sealed request is read as another: {_event.Error}, {_event.DroppedCount} signals dropped.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _sealer.Dispose();
        await _hotPath.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public bool ParseUnsealed()
    {
        _parser.Parse(_unsealedMessage, _event);
        return _event.Error == RequestError.None;
    }

    [Benchmark]
    public bool ParseSealed()
    {
        _parser.Parse(_sealedMessage, _event);
        return _event.Error == RequestError.None;
    }

    /// <summary>Opening alone, from a sender that is known; without clearing what was opened.</summary>
    [Benchmark]
    public bool Open() => _sealed.Open(_field, _eventId, _opened) == RequestError.None;

    /// <summary>In the gateway: the bytes alone.</summary>
    [Benchmark]
    public byte[] SealBytes() => _sealer.Seal(_plaintext, _eventId);

    /// <summary>In the gateway: the message, encoding of what is sealed included.</summary>
    [Benchmark]
    public ByteString SealRequest()
    {
        _request.SealedIdentifiers = ByteString.Empty;
        _request.AccountId = _original.AccountId;
        _request.ClientIp = _original.ClientIp;
        _request.Device = _original.Device;
        _sealer.Seal(_request);
        return _request.SealedIdentifiers;
    }

    private Pseudonym[] Pseudonyms() => [.. Enumerable.Range(0, EntitySlot.Count).Select(slot => _event.Entity(slot))];
}
