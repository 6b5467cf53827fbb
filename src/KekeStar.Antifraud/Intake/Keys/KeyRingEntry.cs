using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>One epoch as a key file writes it: a master key and when it begins.</summary>
internal sealed class KeyRingEntry : IDisposable
{
    private readonly byte[] _masterKey;

    /// <summary>Makes an entry.</summary>
    /// <param name="number">Number of the epoch, 1 … 255.</param>
    /// <param name="masterKey">The master key, <see cref="KeyEpoch.MasterKeyLength"/> bytes; is copied.</param>
    /// <param name="algorithm">What its pseudonyms are made with.</param>
    /// <param name="begins">When the rotation to it begins; null for the first epoch of all.</param>
    public KeyRingEntry(byte number, ReadOnlySpan<byte> masterKey, KeyAlgorithm algorithm, DateTimeOffset? begins)
    {
        Number = number;
        Algorithm = algorithm;
        Begins = begins;
        _masterKey = GC.AllocateUninitializedArray<byte>(KeyEpoch.MasterKeyLength, pinned: true);
        masterKey.CopyTo(_masterKey);
    }

    /// <summary>Number of the epoch.</summary>
    public byte Number { get; }

    /// <summary>What its pseudonyms are made with.</summary>
    public KeyAlgorithm Algorithm { get; }

    /// <summary>When the rotation to it begins; null: it is the first.</summary>
    public DateTimeOffset? Begins { get; }

    /// <summary>The master key.</summary>
    public ReadOnlySpan<byte> MasterKey => _masterKey;

    /// <summary>Makes an entry with a random master key.</summary>
    public static KeyRingEntry Random(byte number, KeyAlgorithm algorithm, DateTimeOffset? begins)
    {
        Span<byte> key = stackalloc byte[KeyEpoch.MasterKeyLength];
        RandomNumberGenerator.Fill(key);
        var entry = new KeyRingEntry(number, key, algorithm, begins);
        CryptographicOperations.ZeroMemory(key);
        return entry;
    }

    /// <summary>Wipes the master key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_masterKey);
}
