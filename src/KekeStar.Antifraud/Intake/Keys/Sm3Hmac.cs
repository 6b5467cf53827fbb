using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// HMAC (RFC 2104) over SM3 (GB/T 32905-2016) with one key: the two hash states that the key gives, computed once. The
/// library's own HMAC keeps the key where nothing can wipe it.
/// </summary>
internal sealed class Sm3Hmac
{
    private const int BlockLength = 64;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    private readonly SM3Digest _inner = new();
    private readonly SM3Digest _outer = new();
    private volatile bool _isDestroyed;

    /// <summary>Prepares a key of at most 64 bytes, the block of SM3.</summary>
    public Sm3Hmac(ReadOnlySpan<byte> key)
    {
        Absorb(_inner, key, InnerPad);
        Absorb(_outer, key, OuterPad);
    }

    /// <summary>Computes the hash of a text in two parts.</summary>
    /// <param name="work">A digest of the calling thread's own; its state before does not matter, and it keeps none.</param>
    /// <param name="first">The beginning of the text.</param>
    /// <param name="second">The rest of it.</param>
    /// <param name="digest">Takes the hash, 32 bytes.</param>
    /// <exception cref="ObjectDisposedException">The key is destroyed.</exception>
    [SkipLocalsInit]
    public void Compute(SM3Digest work, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        Span<byte> inner = stackalloc byte[PseudonymHash.DigestLength];
        work.Reset(_inner);
        work.BlockUpdate(first);
        work.BlockUpdate(second);
        work.DoFinal(inner);
        work.Reset(_outer);
        work.BlockUpdate(inner);
        work.DoFinal(digest);

        // After the states were read: if they were wiped meanwhile, this is a hash without a key, which nobody may see.
        Interlocked.MemoryBarrier();
        if (_isDestroyed)
        {
            CryptographicOperations.ZeroMemory(digest);
            throw new ObjectDisposedException(nameof(KeyEpoch));
        }
    }

    /// <summary>Wipes the states.</summary>
    public void Destroy()
    {
        _isDestroyed = true;
        Interlocked.MemoryBarrier();
        _inner.Reset();
        _outer.Reset();
    }

    private static void Absorb(SM3Digest digest, ReadOnlySpan<byte> key, byte pad)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Fill(pad);
        for (var i = 0; i < key.Length; i++)
        {
            block[i] ^= key[i];
        }

        digest.BlockUpdate(block);
        CryptographicOperations.ZeroMemory(block);
    }
}
