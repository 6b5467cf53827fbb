using System.Buffers;
using System.Collections.Concurrent;

namespace KekeStar.Antifraud.Service.Memory;

/// <summary>
/// Kestrel's memory, cleared when it is given back: what a request held is gone before anybody can rent the block again,
/// however the request ended.
/// </summary>
internal sealed class ZeroingMemoryPool : MemoryPool<byte>
{
    /// <summary>Length of a block: 4 KiB, the size that Kestrel's own pool has.</summary>
    public const int BlockLength = 4096;

    /// <summary>
    /// Most idle blocks: 4,096, which is 16 MiB. Past a peak the others go to the collector; a thousand calls in flight
    /// hold about two each.
    /// </summary>
    public const int MaxIdle = 4096;

    private readonly ConcurrentQueue<ZeroingBlock> _idle = new();
    private readonly Action<ZeroingMemoryPool>? _onDispose;
    private int _idleCount;
    private int _blocks;
    private volatile bool _isDisposed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="onDispose">Told when the pool is given up.</param>
    public ZeroingMemoryPool(Action<ZeroingMemoryPool>? onDispose = null) => _onDispose = onDispose;

    /// <summary>
    /// The largest rent, in bytes. Without bound: a pipe takes what is over it from the shared array pool, which nobody
    /// clears.
    /// </summary>
    public override int MaxBufferSize => Array.MaxLength;

    /// <summary>Blocks that exist, rented and idle.</summary>
    public int Blocks => Volatile.Read(ref _blocks);

    /// <summary>Blocks that nobody uses.</summary>
    public int Idle => Volatile.Read(ref _idleCount);

    /// <summary>Rents memory, all zeros.</summary>
    /// <param name="minBufferSize">Least length in bytes; −1 and all that a block holds: a block.</param>
    /// <exception cref="ObjectDisposedException">The pool was given up.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (minBufferSize <= BlockLength && _idle.TryDequeue(out var block))
        {
            Interlocked.Decrement(ref _idleCount);
            block.Rent();
            return block;
        }

        Interlocked.Increment(ref _blocks);
        return new ZeroingBlock(this, Math.Max(minBufferSize, BlockLength));
    }

    /// <summary>Takes a cleared block back.</summary>
    public void Return(ZeroingBlock block)
    {
        if (block.Length == BlockLength && !_isDisposed)
        {
            if (Interlocked.Increment(ref _idleCount) <= MaxIdle)
            {
                _idle.Enqueue(block);
                return;
            }

            Interlocked.Decrement(ref _idleCount);
        }

        Interlocked.Decrement(ref _blocks);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        while (_idle.TryDequeue(out _))
        {
            Interlocked.Decrement(ref _idleCount);
            Interlocked.Decrement(ref _blocks);
        }

        _onDispose?.Invoke(this);
    }
}
