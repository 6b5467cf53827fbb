using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>HMAC-SM3 by BouncyCastle's managed SM3: the keys' states once for all threads, and one digest for each thread.</summary>
internal sealed class Sm3PseudonymHash : PseudonymHash
{
    private readonly ThreadLocal<SM3Digest> _work = new(static () => new SM3Digest());
    private readonly Sm3Hmac[] _hmacs;

    /// <summary>Hashes with one key for each kind.</summary>
    public Sm3PseudonymHash(byte[][] keys) => _hmacs = [.. keys.Select(static key => new Sm3Hmac(key))];

    /// <summary>Derives a key of 32 bytes by HKDF (RFC 5869) over HMAC-SM3, with an empty salt.</summary>
    /// <param name="inputKey">The input keying material.</param>
    /// <param name="key">Takes the key, 32 bytes.</param>
    /// <param name="info">Says what the key is for.</param>
    public static void DeriveKey(ReadOnlySpan<byte> inputKey, Span<byte> key, ReadOnlySpan<byte> info)
    {
        var work = new SM3Digest();
        Span<byte> pseudorandom = stackalloc byte[DigestLength];
        ReadOnlySpan<byte> noSalt = stackalloc byte[DigestLength];
        new Sm3Hmac(noSalt).Compute(work, inputKey, [], pseudorandom);
        var expand = new Sm3Hmac(pseudorandom);
        expand.Compute(work, info, [1], key);
        expand.Destroy();
        CryptographicOperations.ZeroMemory(pseudorandom);
    }

    /// <inheritdoc/>
    public override void Compute(byte kind, ReadOnlySpan<byte> value, Span<byte> digest)
    {
        // Null: is being disposed at this moment.
        var work = _work.Value ?? throw new ObjectDisposedException(nameof(KeyEpoch));
        _hmacs[kind].Compute(work, [kind], value, digest);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var hmac in _hmacs)
        {
            hmac.Destroy();
        }

        _work.Dispose();
    }
}
