using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// One master key, the keys derived from it, one for each kind of entity, and the pseudonyms made with them: the first
/// 16 bytes of HMAC(key of the kind, kind ‖ normalised value) with the epoch's algorithm.
/// </summary>
/// <remarks>
/// <para>
/// Derivation: HKDF (RFC 5869) with the epoch's algorithm of the master key with an empty salt and the info
/// "kekestar-antifraud/v1/pseudonym/" followed by the kind's number, so that the same text under two kinds never
/// gives related pseudonyms.
/// </para>
/// <para>
/// A software list is sketched with a key of its own (<see cref="SketchKey"/>), derived in the same way with the info
/// "kekestar-antifraud/v1/sketch".
/// </para>
/// <para>A plain hash of an IMEI or a MAC address is reversed by trying them all, so it is never used.</para>
/// </remarks>
internal sealed class KeyEpoch : IDisposable
{
    /// <summary>Length of a master key in bytes: 32, the output of SHA-256 and of SM3.</summary>
    public const int MasterKeyLength = 32;

    private static readonly byte[] InfoPrefix = "kekestar-antifraud/v1/pseudonym/"u8.ToArray();
    private static readonly byte[] SketchInfo = "kekestar-antifraud/v1/sketch"u8.ToArray();

    private readonly byte[][] _keys = new byte[byte.MaxValue + 1][];
    private readonly byte[] _sketchKey;
    private readonly PseudonymHash _hash;

    /// <summary>Derives the keys of an epoch.</summary>
    /// <param name="number">Number of the epoch, 1 … 255; stands in every store key.</param>
    /// <param name="masterKey">The master key, <see cref="MasterKeyLength"/> bytes.</param>
    /// <param name="algorithm">What the pseudonyms are made with.</param>
    public KeyEpoch(byte number, ReadOnlySpan<byte> masterKey, KeyAlgorithm algorithm = KeyAlgorithm.HmacSha256)
    {
        if (masterKey.Length != MasterKeyLength)
        {
            throw new ArgumentException($"A master key has {MasterKeyLength} bytes.", nameof(masterKey));
        }

        Number = number;
        Algorithm = algorithm;
        Span<byte> info = stackalloc byte[InfoPrefix.Length + 1];
        InfoPrefix.CopyTo(info);
        for (var kind = 0; kind <= byte.MaxValue; kind++)
        {
            info[^1] = (byte)kind;
            _keys[kind] = DeriveKey(masterKey, algorithm, info);
        }

        _sketchKey = DeriveKey(masterKey, algorithm, SketchInfo);

        _hash = algorithm == KeyAlgorithm.HmacSm3 ? new Sm3PseudonymHash(_keys)
            : Sha256Compression.IsAvailable ? new PreparedSha256PseudonymHash(_keys)
            : new Sha256PseudonymHash(_keys);
    }

    /// <summary>Number of the epoch.</summary>
    public byte Number { get; }

    /// <summary>What the pseudonyms are made with.</summary>
    public KeyAlgorithm Algorithm { get; }

    /// <summary>Key for one kind of entity.</summary>
    public byte[] Key(byte kind) => _keys[kind];

    /// <summary>Key that software lists are sketched with (<see cref="Similarity.SoftwareSketch"/>): 16 bytes; all 0 once destroyed.</summary>
    public ReadOnlySpan<byte> SketchKey => _sketchKey.AsSpan(0, Similarity.SipHash.KeyLength);

    /// <summary>True if both make the same pseudonyms.</summary>
    public bool MakesTheSameAs(KeyEpoch other) =>
        Algorithm == other.Algorithm && CryptographicOperations.FixedTimeEquals(_keys[0], other._keys[0]);

    /// <summary>Makes the pseudonym of a value.</summary>
    /// <param name="kind">What the value is.</param>
    /// <param name="value">The normalised value.</param>
    /// <exception cref="ObjectDisposedException">The keys are destroyed.</exception>
    [SkipLocalsInit]
    public Pseudonym Pseudonymise(EntityKind kind, ReadOnlySpan<byte> value)
    {
        Span<byte> digest = stackalloc byte[PseudonymHash.DigestLength];
        _hash.Compute((byte)kind, value, digest);
        return Pseudonym.Read(digest);
    }

    /// <summary>
    /// Wipes the derived keys; nothing can be pseudonymised with the epoch any more. The caller waits until no event uses
    /// the epoch: a call that is under way gives the right pseudonym or fails.
    /// </summary>
    public void Dispose()
    {
        _hash.Dispose();
        foreach (var key in _keys)
        {
            CryptographicOperations.ZeroMemory(key);
        }

        CryptographicOperations.ZeroMemory(_sketchKey);
    }

    private static byte[] DeriveKey(ReadOnlySpan<byte> masterKey, KeyAlgorithm algorithm, ReadOnlySpan<byte> info)
    {
        var key = GC.AllocateUninitializedArray<byte>(MasterKeyLength, pinned: true);
        if (algorithm == KeyAlgorithm.HmacSm3)
        {
            Sm3PseudonymHash.DeriveKey(masterKey, key, info);
        }
        else
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, key, salt: [], info);
        }

        return key;
    }
}
