using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Intake: the pseudonym of one IMEI.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // Disposed of in CleanupAsync.
public class PseudonymBenchmarks
#pragma warning restore CA1001
{
    private readonly byte[] _key = new KeyEpoch(1, new byte[KeyEpoch.MasterKeyLength]).Key((byte)EntityKind.Imei);
    private readonly byte[] _value = "86430206000042"u8.ToArray();
    private HotPath _hotPath = null!;
    private KeyEpoch _epoch = null!;
    private KeyEpoch _sm3Epoch = null!;
    private IncrementalHash _reused = null!;
    private Sha256PseudonymHash _objects = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        // Its master key is all zeros too.
        _hotPath = await HotPath.InMemoryAsync();
        _epoch = _hotPath.Keys.Current;
        _sm3Epoch = Sm3Epoch();
        _reused = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        _objects = new Sha256PseudonymHash([.. Enumerable.Range(0, 256).Select(kind => _epoch.Key((byte)kind))]);
        Pseudonym[] all = [HashData(), NewIncrementalHash(), ReusedIncrementalHash(), ReusedInTwoParts(), DotNetsObjects(), AsShipped()];
        if (all.Distinct().Count() != 1)
        {
            throw new InvalidOperationException("The ways do not agree.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _reused.Dispose();
        _objects.Dispose();
        _sm3Epoch.Dispose();
        await _hotPath.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public Pseudonym HashData()
    {
        Span<byte> message = stackalloc byte[1 + _value.Length];
        message[0] = (byte)EntityKind.Imei;
        _value.CopyTo(message[1..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, message, digest);
        return Pseudonym.Read(digest);
    }

    [Benchmark]
    public Pseudonym NewIncrementalHash()
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        return Finish(hash);
    }

    /// <summary>One call into the library less than <see cref="ReusedInTwoParts"/>: kind and value are put together first.</summary>
    [Benchmark]
    public Pseudonym ReusedIncrementalHash() => Finish(_reused);

    /// <summary>Kind and value are appended one after the other.</summary>
    [Benchmark]
    public Pseudonym ReusedInTwoParts()
    {
        ReadOnlySpan<byte> kind = [(byte)EntityKind.Imei];
        _reused.AppendData(kind);
        _reused.AppendData(_value);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _reused.GetHashAndReset(digest);
        return Pseudonym.Read(digest);
    }

    /// <summary>What the service does where the compression function is not to be had: a reused hash for each thread and kind.</summary>
    [Benchmark]
    public Pseudonym DotNetsObjects()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _objects.Compute((byte)EntityKind.Imei, _value, digest);
        return Pseudonym.Read(digest);
    }

    /// <summary>What the service does: two compressions from states that were made of the key beforehand.</summary>
    [Benchmark]
    public Pseudonym AsShipped() => _epoch.Pseudonymise(EntityKind.Imei, _value);

    /// <summary>What the service does in an epoch of HMAC-SM3: managed code, with the key's two states made beforehand.</summary>
    [Benchmark]
    public Pseudonym AsShippedSm3() => _sm3Epoch.Pseudonymise(EntityKind.Imei, _value);

    private static KeyEpoch Sm3Epoch() => new(1, new byte[KeyEpoch.MasterKeyLength], KeyAlgorithm.HmacSm3);

    private Pseudonym Finish(IncrementalHash hash)
    {
        Span<byte> message = stackalloc byte[1 + _value.Length];
        message[0] = (byte)EntityKind.Imei;
        _value.CopyTo(message[1..]);
        hash.AppendData(message);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Pseudonym.Read(digest);
    }
}
