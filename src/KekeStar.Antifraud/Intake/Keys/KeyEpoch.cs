using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>One master key and the keys derived from it, one for each kind of entity.</summary>
/// <remarks>
/// Derivation: HKDF-SHA256 (RFC 5869) of the master key with an empty salt and the info
/// "kekestar-antifraud/v1/pseudonym/" followed by the kind's number, so that the same text under two kinds never
/// gives related pseudonyms.
/// </remarks>
internal sealed class KeyEpoch
{
    /// <summary>Length of a master key in bytes: 32, the output of SHA-256.</summary>
    public const int MasterKeyLength = 32;

    private static readonly byte[] InfoPrefix = "kekestar-antifraud/v1/pseudonym/"u8.ToArray();

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
}
