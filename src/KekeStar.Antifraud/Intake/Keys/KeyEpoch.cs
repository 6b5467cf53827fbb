using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// One master key, the keys derived from it, one for each kind of entity, and the pseudonyms made with them: the first
/// 16 bytes of HMAC-SHA256(key of the kind, kind ‖ normalised value).
/// </summary>
/// <remarks>
/// <para>
/// Derivation: HKDF-SHA256 (RFC 5869) of the master key with an empty salt and the info
/// "kekestar-antifraud/v1/pseudonym/" followed by the kind's number, so that the same text under two kinds never
/// gives related pseudonyms.
/// </para>
/// <para>
/// A plain hash of an IMEI or a MAC address is reversed by trying them all, so it is never used. One reused
/// <see cref="IncrementalHash"/> for each thread and kind halves the cost against <c>HMACSHA256.HashData</c> (0.5 against
/// 1.0 µs; the PseudonymBenchmarks class shows it, docs/decisions/0001).
/// </para>
/// </remarks>
internal sealed class KeyEpoch : IDisposable
{
    /// <summary>Length of a master key in bytes: 32, the output of SHA-256.</summary>
    public const int MasterKeyLength = 32;

    // Every identifier and nearly every account and event id; what is longer is hashed in two pieces.
    private const int MaxJoined = 64;

    private static readonly byte[] InfoPrefix = "kekestar-antifraud/v1/pseudonym/"u8.ToArray();

    private readonly ThreadLocal<IncrementalHash?[]> _hashes = new(static () => new IncrementalHash?[byte.MaxValue + 1]);
    private readonly byte[][] _keys = new byte[byte.MaxValue + 1][];

    /// <summary>Derives the keys of an epoch.</summary>
    /// <param name="number">Number of the epoch, 1 … 255; stands in every store key.</param>
    /// <param name="masterKey">The master key, <see cref="MasterKeyLength"/> bytes.</param>
    public KeyEpoch(byte number, ReadOnlySpan<byte> masterKey)
    {
        if (masterKey.Length != MasterKeyLength)
        {
            throw new ArgumentException($"A master key has {MasterKeyLength} bytes.", nameof(masterKey));
        }

        Number = number;
        Span<byte> info = stackalloc byte[InfoPrefix.Length + 1];
        InfoPrefix.CopyTo(info);
        for (var kind = 0; kind <= byte.MaxValue; kind++)
        {
            info[^1] = (byte)kind;
            var key = GC.AllocateUninitializedArray<byte>(MasterKeyLength, pinned: true);
            HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, key, salt: [], info);
            _keys[kind] = key;
        }
    }

    /// <summary>Number of the epoch.</summary>
    public byte Number { get; }

    /// <summary>Key for one kind of entity.</summary>
    public byte[] Key(byte kind) => _keys[kind];

    /// <summary>Makes the pseudonym of a value.</summary>
    /// <param name="kind">What the value is.</param>
    /// <param name="value">The normalised value.</param>
    [SkipLocalsInit]
    public Pseudonym Pseudonymise(EntityKind kind, ReadOnlySpan<byte> value)
    {
        var hashes = _hashes.Value!;
        var hash = hashes[(byte)kind] ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _keys[(byte)kind]);
        if (value.Length <= MaxJoined)
        {
            // One call into the cryptographic library less: a sixth of the cost (PseudonymBenchmarks).
            Span<byte> joined = stackalloc byte[1 + MaxJoined];
            joined = joined[..(1 + value.Length)];
            joined[0] = (byte)kind;
            value.CopyTo(joined[1..]);
            hash.AppendData(joined);
            joined.Clear();
        }
        else
        {
            ReadOnlySpan<byte> kindByte = [(byte)kind];
            hash.AppendData(kindByte);
            hash.AppendData(value);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Pseudonym.Read(digest);
    }

    /// <summary>Wipes the derived keys; nothing can be pseudonymised with the epoch any more.</summary>
    public void Dispose()
    {
        foreach (var key in _keys)
        {
            CryptographicOperations.ZeroMemory(key);
        }

        _hashes.Dispose();
    }
}
