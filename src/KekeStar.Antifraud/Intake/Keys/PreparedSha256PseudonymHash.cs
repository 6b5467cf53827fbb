using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// HMAC-SHA256 (RFC 2104) over <see cref="Sha256Compression"/>: the two hash states that each kind's key gives are computed once for
/// all threads, and a short value costs two compressions.
/// </summary>
/// <remarks>A quarter of the time of <see cref="Sha256PseudonymHash"/> (docs/decisions/0023, the PseudonymBenchmarks class).</remarks>
internal sealed class PreparedSha256PseudonymHash : PseudonymHash
{
    private const int BlockLength = Sha256Compression.BlockLength;
    private const int StateWords = Sha256Compression.StateWords;
    private const int LengthAt = BlockLength - sizeof(ulong);
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;
    private const byte EndOfText = 0x80;
    private const int BitsOfByte = 8;

    // The inner and the outer state of each kind. Pinned, so that no copy is left behind when memory is compacted.
    private readonly uint[] _states;
    private volatile bool _isDestroyed;

    /// <summary>Hashes with one key for each kind, of at most <see cref="Sha256Compression.BlockLength"/> bytes.</summary>
    public PreparedSha256PseudonymHash(byte[][] keys)
    {
        _states = GC.AllocateUninitializedArray<uint>(keys.Length * 2 * StateWords, pinned: true);
        for (var kind = 0; kind < keys.Length; kind++)
        {
            Prepare(keys[kind], InnerPad, States((byte)kind)[..StateWords]);
            Prepare(keys[kind], OuterPad, States((byte)kind)[StateWords..]);
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Compute(byte kind, ReadOnlySpan<byte> value, Span<byte> digest)
    {
        Span<uint> state = stackalloc uint[Sha256Compression.ContextWords];
        Span<byte> block = stackalloc byte[BlockLength];
        ReadOnlySpan<uint> states = States(kind);
        states[..StateWords].CopyTo(state);
        Absorb(state, block, kind, value);
        WriteState(state, block);
        states[StateWords..].CopyTo(state);
        Close(state, block, DigestLength, DigestLength);
        WriteState(state, digest);
        block.Clear();

        // After the states were read: if they were wiped meanwhile, this is a hash without a key, which nobody may see.
        Volatile.ReadBarrier();
        if (_isDestroyed)
        {
            CryptographicOperations.ZeroMemory(digest);
            throw new ObjectDisposedException(nameof(KeyEpoch));
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _isDestroyed = true;
        Interlocked.MemoryBarrier();
        _states.AsSpan().Clear();
    }

    private static void Prepare(ReadOnlySpan<byte> key, byte pad, Span<uint> destination)
    {
        Span<uint> state = stackalloc uint[Sha256Compression.ContextWords];
        Span<byte> block = stackalloc byte[BlockLength];
        block.Fill(pad);
        for (var i = 0; i < key.Length; i++)
        {
            block[i] ^= key[i];
        }

        Sha256Compression.Begin(state);
        Sha256Compression.Compress(state, block);
        state[..StateWords].CopyTo(destination);
        CryptographicOperations.ZeroMemory(block);
        state.Clear();
    }

    // The kind, the value, and the end of the text.
    private static void Absorb(Span<uint> state, Span<byte> block, byte kind, ReadOnlySpan<byte> value)
    {
        var length = 1 + value.Length;
        block[0] = kind;
        var filled = 1;
        while (value.Length >= BlockLength - filled)
        {
            value[..(BlockLength - filled)].CopyTo(block[filled..]);
            Sha256Compression.Compress(state, block);
            value = value[(BlockLength - filled)..];
            filled = 0;
        }

        value.CopyTo(block[filled..]);
        Close(state, block, filled + value.Length, length);
    }

    /// <summary>Ends a text: FIPS 180-4, section 5.1.1.</summary>
    /// <param name="state">The state.</param>
    /// <param name="block">The last block.</param>
    /// <param name="filled">How much of it is text, less than a block.</param>
    /// <param name="length">Length of the text behind the key's block.</param>
    private static void Close(Span<uint> state, Span<byte> block, int filled, int length)
    {
        block[filled++] = EndOfText;
        if (filled > LengthAt)
        {
            block[filled..].Clear();
            Sha256Compression.Compress(state, block);
            filled = 0;
        }

        block[filled..LengthAt].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(block[LengthAt..], (ulong)(BlockLength + length) * BitsOfByte);
        Sha256Compression.Compress(state, block);
    }

    private static void WriteState(ReadOnlySpan<uint> state, Span<byte> destination)
    {
        for (var word = 0; word < StateWords; word++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(word * sizeof(uint))..], state[word]);
        }
    }

    private Span<uint> States(byte kind) => _states.AsSpan(kind * 2 * StateWords, 2 * StateWords);
}
