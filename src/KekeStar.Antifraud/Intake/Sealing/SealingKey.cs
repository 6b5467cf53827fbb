using System.Security.Cryptography;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>One key that gateways seal with.</summary>
internal sealed class SealingKey
{
    // Pinned, so that clearing it leaves no copy behind.
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(SealedFormat.KeyLength, pinned: true);

    /// <summary>Makes a key.</summary>
    /// <param name="id">Its number, which stands in every message that is sealed with it.</param>
    /// <param name="key">The key, <see cref="SealedFormat.KeyLength"/> bytes; copied.</param>
    public SealingKey(uint id, ReadOnlySpan<byte> key)
    {
        if (key.Length != SealedFormat.KeyLength)
        {
            throw new ArgumentException($"A sealing key has {SealedFormat.KeyLength} bytes.", nameof(key));
        }

        Id = id;
        key.CopyTo(_bytes);
    }

    /// <summary>Number of the key.</summary>
    public uint Id { get; }

    /// <summary>The key itself.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Clears the key, which must not be in force any more.</summary>
    public void Destroy() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>The cipher of one sender.</summary>
    public AesGcm Derive(ReadOnlySpan<byte> salt)
    {
        Span<byte> derived = stackalloc byte[SealedFormat.KeyLength];
        try
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, derived, salt, SealedFormat.KeyInfo);
            return new AesGcm(derived, SealedFormat.TagLength);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }
}
