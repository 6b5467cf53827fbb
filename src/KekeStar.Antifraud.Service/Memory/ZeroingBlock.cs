using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace KekeStar.Antifraud.Service.Memory;

/// <summary>A piece of memory that holds bytes off the wire while it is rented and zeros otherwise.</summary>
internal sealed class ZeroingBlock : IMemoryOwner<byte>
{
    private readonly ZeroingMemoryPool _pool;
    private readonly byte[] _bytes;
    private int _isRented = 1;

    /// <summary>Makes a block that counts as rented.</summary>
    /// <param name="pool">Where it goes back to.</param>
    /// <param name="length">Its length in bytes.</param>
    public ZeroingBlock(ZeroingMemoryPool pool, int length)
    {
        _pool = pool;

        // Pinned, so that the collector never leaves a copy behind and sockets need no handle.
        _bytes = GC.AllocateArray<byte>(length, pinned: true);
        Memory = MemoryMarshal.CreateFromPinnedArray(_bytes, 0, length);
    }

    /// <inheritdoc />
    public Memory<byte> Memory { get; }

    /// <summary>Length in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Marks the block as rented again.</summary>
    public void Rent() => Volatile.Write(ref _isRented, 1);

    /// <summary>Clears the block and gives it back. A second time does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isRented, 0) == 1)
        {
            CryptographicOperations.ZeroMemory(_bytes);
            _pool.Return(this);
        }
    }
}
