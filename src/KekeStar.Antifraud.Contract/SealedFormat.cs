namespace KekeStar.Antifraud.V1;

/// <summary>
/// The bytes of a sealed message, version 1; docs/sealed-identifiers.md gives them with a test vector:
/// <c>version 1 | key id 4 | sender salt 16 | nonce 12 | ciphertext | tag 16</c>.
/// </summary>
public static class SealedFormat
{
    /// <summary>The one version there is: 1.</summary>
    public const byte Version = 1;

    /// <summary>Length of a sealing key in bytes: 32, as AES-256 and the output of HKDF-SHA256.</summary>
    public const int KeyLength = 32;

    /// <summary>Length of the sender salt in bytes: 16; random, so that no two sealers ever draw the same.</summary>
    public const int SaltLength = 16;

    /// <summary>Length of the nonce in bytes: 12, the one that NIST SP 800-38D recommends.</summary>
    public const int NonceLength = 12;

    /// <summary>Length of the authentication tag in bytes: 16, the longest of AES-GCM.</summary>
    public const int TagLength = 16;

    /// <summary>Offset of the key id, 4 bytes, big endian.</summary>
    public const int KeyIdOffset = 1;

    /// <summary>Offset of the sender salt.</summary>
    public const int SaltOffset = KeyIdOffset + sizeof(uint);

    /// <summary>Offset of the nonce.</summary>
    public const int NonceOffset = SaltOffset + SaltLength;

    /// <summary>Length of what stands before the ciphertext, in bytes: 33. It is authenticated, followed by the event id.</summary>
    public const int HeaderLength = NonceOffset + NonceLength;

    /// <summary>What sealing adds to a message, in bytes: 49.</summary>
    public const int Overhead = HeaderLength + TagLength;

    /// <summary>Largest message that is sealed or opened, in bytes: 16 KiB; the identifiers of an event take about half a KiB.</summary>
    public const int MaxPlaintextLength = 16 * 1024;

    /// <summary>Longest event id in bytes: 64, as in the contract.</summary>
    public const int MaxEventIdLength = 64;

    /// <summary>Info of the key derivation: the AES key is HKDF-SHA256 (RFC 5869) of sealing key, sender salt and this.</summary>
    public static ReadOnlySpan<byte> KeyInfo => "kekestar-antifraud/v1/sealed-identifiers"u8;
}
