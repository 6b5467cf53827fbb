using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace KekeStar.Antifraud.Service.Memory;

/// <summary>Makes the pools that Kestrel asks for: one for each of its socket threads, one for the server.</summary>
internal sealed class ZeroingMemoryPoolFactory : IMemoryPoolFactory<byte>
{
    private readonly ConcurrentDictionary<ZeroingMemoryPool, bool> _pools = new();

    /// <summary>Blocks that exist in all pools, rented and idle.</summary>
    public int Blocks => _pools.Keys.Sum(static pool => pool.Blocks);

    /// <summary>Blocks in all pools that nobody uses.</summary>
    public int Idle => _pools.Keys.Sum(static pool => pool.Idle);

    /// <inheritdoc />
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null)
    {
        var pool = new ZeroingMemoryPool(disposed => _pools.TryRemove(disposed, out _));
        _pools[pool] = true;
        return pool;
    }
}
