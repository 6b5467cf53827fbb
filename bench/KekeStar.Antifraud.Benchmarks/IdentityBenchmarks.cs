using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Identity, the part before the store: which device a token or, as long as nothing is known of them, the identifiers name.</summary>
[MemoryDiagnoser]
public class IdentityBenchmarks
{
    private readonly ScoreEvent _withoutToken = new();
    private readonly ScoreEvent _withToken = new();
    private readonly ScoreEvent _withForgedToken = new();
    private readonly ScoreEvent _withNothing = new();
    private HotPath _hotPath = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        var request = new RequestRing().Next();
        _hotPath.Parser.Parse(request, _withoutToken);
        var token = new byte[DeviceTokens.MaxLength];
        token = token[..DeviceTokens.Seal(_withoutToken.Keys, new Pseudonym(11, 12), default, token)];
        _hotPath.Parser.Parse(request, _withToken);
        _withToken.SetDeviceToken(token);
        token[^1] ^= 1;
        _hotPath.Parser.Parse(request, _withForgedToken);
        _withForgedToken.SetDeviceToken(token);
        _withNothing.Clear();
        _withNothing.Keys = _withoutToken.Keys;
        if (ByToken() != new Pseudonym(11, 12) || ByIdentifiers().IsNone || ByForgedToken() != ByIdentifiers() || !ByNothing().IsNone)
        {
            throw new InvalidOperationException("Not the device that it should be.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    /// <summary>No token: a new device, named by all identifiers together.</summary>
    [Benchmark(Baseline = true)]
    public Pseudonym ByIdentifiers() => Resolve(_withoutToken);

    [Benchmark]
    public Pseudonym ByToken() => Resolve(_withToken);

    /// <summary>The token is checked in vain, then the identifiers decide.</summary>
    [Benchmark]
    public Pseudonym ByForgedToken() => Resolve(_withForgedToken);

    [Benchmark]
    public Pseudonym ByNothing() => Resolve(_withNothing);

    private static Pseudonym Resolve(ScoreEvent scoreEvent)
    {
        DeviceResolver.Resolve(scoreEvent);
        return scoreEvent.Entity(EntitySlot.Device);
    }
}
