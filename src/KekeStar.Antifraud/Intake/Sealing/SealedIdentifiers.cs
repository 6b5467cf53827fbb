using System.Buffers.Binary;
using System.Security.Cryptography;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>
/// Opens what gateways sealed, into memory of the caller's, and allocates nothing for a sender that it knows.
/// </summary>
/// <remarks>
/// A cipher serves one thread at a time, so there are several sets of them, one for each processor: a call takes the
/// set of the processor that it runs on, and the next one if that is in use. Sets of threads would grow with the
/// threads, and could not be cleared when a key goes.
/// </remarks>
internal sealed class SealedIdentifiers
{
    private readonly SealingKeys _keys;
    private readonly Lock[] _locks;
    private readonly SenderCiphers[] _ciphers;

    /// <summary>Opens with these keys.</summary>
    /// <param name="keys">The keys in force.</param>
    /// <param name="sets">Number of sets of ciphers; 0: one for each processor.</param>
    public SealedIdentifiers(SealingKeys keys, int sets = 0)
    {
        sets = sets == 0 ? Environment.ProcessorCount : sets;
        _keys = keys;
        _locks = [.. Enumerable.Range(0, sets).Select(static _ => new Lock())];
        _ciphers = [.. Enumerable.Range(0, sets).Select(static _ => new SenderCiphers())];
        keys.Changed += (_, _) => Purge();
    }

    /// <summary>Number of ciphers kept.</summary>
    internal int CipherCount => _ciphers.Sum(static set => set.Count);

    /// <summary>Opens a sealed message.</summary>
    /// <param name="bytes">What sealed_identifiers holds.</param>
    /// <param name="eventId">The event's event_id as UTF-8.</param>
    /// <param name="plaintext">Receives the SealedSignals message, <see cref="PlaintextLength"/> bytes.</param>
    /// <returns>None, or why it cannot be opened.</returns>
    public RequestError Open(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> eventId, Span<byte> plaintext)
    {
        if (_keys.IsEmpty)
        {
            return RequestError.SealedNotConfigured;
        }

        var fault = Check(bytes);
        if (fault != RequestError.None)
        {
            return fault;
        }

        if (eventId.Length is 0 or > SealedFormat.MaxEventIdLength)
        {
            return eventId.IsEmpty ? RequestError.EventIdMissing : RequestError.EventIdTooLong;
        }

        if (_keys.Find(BinaryPrimitives.ReadUInt32BigEndian(bytes[SealedFormat.KeyIdOffset..])) is not { } key)
        {
            return RequestError.SealedKeyUnknown;
        }

        var set = TakeSet();
        try
        {
            return Open(key, bytes, eventId, plaintext[..PlaintextLength(bytes)], _ciphers[set]);
        }
        finally
        {
            _locks[set].Exit();
        }
    }

    /// <summary>Length of what a sealed message holds; of one that cannot be opened anyhow, within the limits.</summary>
    public static int PlaintextLength(ReadOnlySpan<byte> bytes) => Math.Clamp(bytes.Length - SealedFormat.Overhead, 0, SealedFormat.MaxPlaintextLength);

    private static RequestError Check(ReadOnlySpan<byte> bytes) =>
        bytes.Length < SealedFormat.Overhead || bytes[0] != SealedFormat.Version ? RequestError.SealedMalformed
        : bytes.Length > SealedFormat.MaxPlaintextLength + SealedFormat.Overhead ? RequestError.SealedTooLarge
        : RequestError.None;

    private RequestError Open(SealingKey key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> eventId, Span<byte> plaintext, SenderCiphers known)
    {
        var salt = bytes.Slice(SealedFormat.SaltOffset, SealedFormat.SaltLength);
        var sender = BinaryPrimitives.ReadUInt128BigEndian(salt);
        if (known.Find(key, sender) is { } cipher)
        {
            return TryDecrypt(cipher, bytes, eventId, plaintext) ? RequestError.None : RequestError.SealedNotOpened;
        }

        cipher = key.Derive(salt);

        // A key that went meanwhile may have been cleared under the derivation. Purge waits for this set's lock.
        var isInForce = _keys.Find(key.Id) == key;
        if (isInForce && TryDecrypt(cipher, bytes, eventId, plaintext))
        {
            known.Add(key, sender, cipher);
            return RequestError.None;
        }

        cipher.Dispose();
        return isInForce ? RequestError.SealedNotOpened : RequestError.SealedKeyUnknown;
    }

    private static bool TryDecrypt(AesGcm cipher, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> eventId, Span<byte> plaintext)
    {
        Span<byte> associated = stackalloc byte[SealedFormat.HeaderLength + SealedFormat.MaxEventIdLength];
        bytes[..SealedFormat.HeaderLength].CopyTo(associated);
        eventId.CopyTo(associated[SealedFormat.HeaderLength..]);
        try
        {
            cipher.Decrypt(
                bytes.Slice(SealedFormat.NonceOffset, SealedFormat.NonceLength),
                bytes[SealedFormat.HeaderLength..^SealedFormat.TagLength],
                bytes[^SealedFormat.TagLength..],
                plaintext,
                associated[..(SealedFormat.HeaderLength + eventId.Length)]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
    }

    // The caller exits the lock.
    private int TakeSet()
    {
        var first = (int)((uint)Thread.GetCurrentProcessorId() % (uint)_locks.Length);
        for (var i = 0; i < _locks.Length; i++)
        {
            var set = (first + i) % _locks.Length;
            if (_locks[set].TryEnter())
            {
                return set;
            }
        }

        _locks[first].Enter();
        return first;
    }

    private void Purge()
    {
        for (var set = 0; set < _locks.Length; set++)
        {
            lock (_locks[set])
            {
                _ciphers[set].Keep(_keys);
            }
        }
    }
}
