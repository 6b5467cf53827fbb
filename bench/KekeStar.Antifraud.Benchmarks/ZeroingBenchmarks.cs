using System.Buffers;
using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Service.Memory;
using KekeStar.Antifraud.Service.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>What it costs to clear: Kestrel's blocks when they are given back, and a request's payload once it was read.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // Disposed of in CleanupAsync.
public class ZeroingBenchmarks
#pragma warning restore CA1001
{
    private readonly byte[] _request = new RequestRing().Next();
    private readonly byte[] _payload = new byte[4096];
    private readonly ZeroingMemoryPool _zeroing = new();
    private WebApplication _kestrel = null!;
    private MemoryPool<byte> _default = null!;

    [GlobalSetup]
    public void Setup()
    {
        _kestrel = WebApplication.CreateSlimBuilder().Build();
        _default = _kestrel.Services.GetRequiredService<IMemoryPoolFactory<byte>>().Create();
        RentAndReturn(_zeroing);
        using var again = _zeroing.Rent();
        if (again.Memory.Span.ContainsAnyExcept((byte)0) || _default is ZeroingMemoryPool)
        {
            throw new InvalidOperationException("A pool does not do what it is measured for.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _default.Dispose();
        _zeroing.Dispose();
        await _kestrel.DisposeAsync();
    }

    /// <summary>A block of 4 KiB is rented from Kestrel's own pool, a request written into it, and given back.</summary>
    [Benchmark(Baseline = true)]
    public int KestrelsPool() => RentAndReturn(_default);

    /// <summary>The same with the pool that clears the block.</summary>
    [Benchmark]
    public int ZeroingPool() => RentAndReturn(_zeroing);

    /// <summary>A request's 895 bytes are written, which a wipe needs, and not wiped.</summary>
    [Benchmark]
    public void Payload() => _request.CopyTo(_payload, 0);

    /// <summary>They are written and wiped.</summary>
    [Benchmark]
    public void PayloadWiped()
    {
        _request.CopyTo(_payload, 0);
        RequestPayload.Wipe(new ReadOnlySequence<byte>(_payload, 0, _request.Length));
    }

    private int RentAndReturn(MemoryPool<byte> pool)
    {
        using var block = pool.Rent();
        _request.CopyTo(block.Memory);
        return block.Memory.Length;
    }
}
