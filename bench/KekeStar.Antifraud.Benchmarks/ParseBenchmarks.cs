using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// Intake: a request's bytes to the event. The generated parser alone only makes objects; validating, normalising,
/// hashing and summarising, which the hot path's parser does in the same pass, come on top of it.
/// </summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private readonly ScoreEvent _event = new();
    private KeyEpoch _epoch = null!;
    private HotPath _hotPath = null!;
    private Intake.ScoreRequestParser _parser = null!;
    private byte[] _message = [];

    /// <summary>Usual: the load program's 895 bytes. Full: every signal, the lists and series as long as they may be.</summary>
    [Params(RequestSize.Usual, RequestSize.Full)]
    public RequestSize Request { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _parser = _hotPath.Parser;
        _epoch = _hotPath.Keys.Current;
        _message = Request == RequestSize.Usual ? new RequestRing().Next() : FullRequest.Encode();
        if (!ScoreRequestParser() || _event.DroppedCount != 0)
        {
            throw new InvalidOperationException($"Not a clean request: {_event.Error}, {_event.DroppedCount} signals dropped.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    [Benchmark(Baseline = true)]
    public ScoreRequest GeneratedParser() => ScoreRequest.Parser.ParseFrom(_message);

    /// <summary>With the keyed hashes as a first version would make them; nothing is normalised, checked, matched or summarised.</summary>
    [Benchmark]
    public ulong GeneratedParserThenHashData()
    {
        var request = ScoreRequest.Parser.ParseFrom(_message);
        var device = request.Device;
        var sum = Hash(EntityKind.Event, request.EventId) + Hash(EntityKind.Account, request.AccountId)
            + Hash(EntityKind.Ip, request.ClientIp) + Hash(EntityKind.IpPrefix, request.ClientIp)
            + Hash(EntityKind.Imei, device.Imei) + Hash(EntityKind.Imei, device.Imei2) + Hash(EntityKind.Meid, device.Meid)
            + Hash(EntityKind.AndroidId, device.AndroidId) + Hash(EntityKind.Oaid, device.Oaid) + Hash(EntityKind.Guid, device.Guid)
            + Hash(EntityKind.Serial, device.Serial) + Hash(EntityKind.Mac, device.Mac) + Hash(EntityKind.Bssid, device.Bssid)
            + Hash(EntityKind.Cohort, device.Model + device.OsBuild + device.AppVersion);
        foreach (var sim in device.Sims)
        {
            sum += Hash(EntityKind.Iccid, sim.Iccid) + Hash(EntityKind.Imsi, sim.Imsi) + Hash(EntityKind.SimSerial, sim.SimSerial);
        }

        return sum;
    }

    [Benchmark]
    public bool ScoreRequestParser()
    {
        _parser.Parse(_message, _event);
        return _event.Error == RequestError.None;
    }

    private ulong Hash(EntityKind kind, string value)
    {
        if (value.Length == 0)
        {
            return 0;
        }

        byte[] message = [(byte)kind, .. Encoding.UTF8.GetBytes(value)];
        return Pseudonym.Read(HMACSHA256.HashData(_epoch.Key((byte)kind), message)).High;
    }
}

/// <summary>Which request.</summary>
public enum RequestSize
{
    Usual,
    Full,

    /// <summary>Every identifier and description, without lists and series.</summary>
    Identifiers,
}
