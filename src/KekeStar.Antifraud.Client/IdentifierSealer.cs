using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Client;

/// <summary>
/// Seals the identifiers of requests with AES-256-GCM, so that between this process and the service's parser no
/// buffer holds them readable, TLS's own included.
/// </summary>
/// <remarks>
/// <para>Make one for the life of the process and share it: all members may be called from any thread at once. Each
/// one draws a sender salt, and the service derives a key for each salt that it meets.</para>
/// <para>Immutable: for a new key make a new sealer, put it where the old one was (<c>Volatile.Write</c> of the field
/// that holds it) and leave the old one to the garbage collector; calls that still use it are answered as long as the
/// service knows its key. <see cref="Dispose"/> it only once no call uses it any more.</para>
/// <para>After a process was cloned (a virtual machine's snapshot, a checkpoint), make a new one: the clones would
/// count on from the same number under the same key, and only the nonce's 4 random bytes would tell them apart.</para>
/// </remarks>
public sealed class IdentifierSealer : IDisposable
{
    // Beyond it a buffer of the thread's own is used. A whole device without lists and samples takes about half a KiB.
    private const int MaxStackBytes = 2048;

    [ThreadStatic]
    private static byte[]? _large;

    private readonly Lock _sealing = new();
    private readonly AesGcm _cipher;
    private readonly UInt128 _salt;
    private ulong _count;

    /// <summary>Makes a sealer with a random sender salt.</summary>
    /// <param name="keyId">Number of the key, as in the service's key file.</param>
    /// <param name="key">The key that is shared with the service, <see cref="SealedFormat.KeyLength"/> random bytes; copied, and may be cleared afterwards.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public IdentifierSealer(uint keyId, ReadOnlySpan<byte> key)
        : this(keyId, key, RandomSalt())
    {
    }

    /// <summary>Makes a sealer with a given sender salt; for the test vector alone.</summary>
    internal IdentifierSealer(uint keyId, ReadOnlySpan<byte> key, UInt128 salt)
    {
        if (key.Length != SealedFormat.KeyLength)
        {
            throw new ArgumentException($"A sealing key has {SealedFormat.KeyLength} bytes.", nameof(key));
        }

        KeyId = keyId;
        _salt = salt;
        Span<byte> saltBytes = stackalloc byte[SealedFormat.SaltLength];
        BinaryPrimitives.WriteUInt128BigEndian(saltBytes, salt);
        Span<byte> derived = stackalloc byte[SealedFormat.KeyLength];
        try
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, saltBytes, SealedFormat.KeyInfo);
            _cipher = new AesGcm(derived, SealedFormat.TagLength);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>Number of the key that this sealer seals with.</summary>
    public uint KeyId { get; }

    /// <summary>
    /// Moves account_id, client_ip, device and device_token of a request into its sealed_identifiers. A request that
    /// has none of them stays as it is. Set event_id before: the seal holds for that event alone.
    /// </summary>
    /// <param name="request">The request; unchanged if sealing fails.</param>
    /// <exception cref="ArgumentException">
    /// event_id is missing or longer than <see cref="SealedFormat.MaxEventIdLength"/> bytes, or the fields take more
    /// than <see cref="SealedFormat.MaxPlaintextLength"/> bytes. In the latter case take software, processes,
    /// accelerometer and gyroscope, which are no identifiers, out of the device before, and put them into a new device
    /// of the request afterwards: the service joins the two.
    /// </exception>
    /// <exception cref="InvalidOperationException">sealed_identifiers is set already.</exception>
    public void Seal(ScoreRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var signals = new SealedSignals
        {
            AccountId = request.AccountId,
            ClientIp = request.ClientIp,
            Device = request.Device,
            DeviceToken = request.DeviceToken,
        };
        if (SealMessage(signals, request.EventId, request.SealedIdentifiers) is { } bytes)
        {
            request.SealedIdentifiers = bytes;
            request.AccountId = "";
            request.ClientIp = "";
            request.Device = null;
            request.DeviceToken = ByteString.Empty;
        }
    }

    /// <summary>Moves account_id of a report into its sealed_identifiers. Set event_id before.</summary>
    /// <param name="request">The report; unchanged if sealing fails.</param>
    /// <exception cref="ArgumentException">As for a ScoreRequest.</exception>
    /// <exception cref="InvalidOperationException">As for a ScoreRequest.</exception>
    public void Seal(ReportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (SealMessage(new SealedSignals { AccountId = request.AccountId }, request.EventId, request.SealedIdentifiers) is { } bytes)
        {
            request.SealedIdentifiers = bytes;
            request.AccountId = "";
        }
    }

    /// <summary>Seals bytes for one event.</summary>
    /// <param name="plaintext">A serialised SealedSignals message, at most <see cref="SealedFormat.MaxPlaintextLength"/> bytes.</param>
    /// <param name="eventId">The event's event_id as UTF-8, 1 to <see cref="SealedFormat.MaxEventIdLength"/> bytes.</param>
    /// <returns>What sealed_identifiers holds; <see cref="SealedFormat.Overhead"/> bytes longer than the plaintext.</returns>
    /// <exception cref="ArgumentException">A length is out of range.</exception>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> eventId)
    {
        // The count makes it unlike every other under this key, without end: 2^32 random ones, the bound of NIST
        // SP 800-38D 8.3, are five days at 10,000 a second. The random bytes are for a process that was cloned.
        Span<byte> nonce = stackalloc byte[SealedFormat.NonceLength];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, Interlocked.Increment(ref _count));
        RandomNumberGenerator.Fill(nonce[sizeof(ulong)..]);
        return Seal(plaintext, eventId, nonce);
    }

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    /// <summary>Seals with a given nonce, which must never come twice; for the test vector alone.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> eventId, ReadOnlySpan<byte> nonce)
    {
        CheckLength(plaintext.Length);
        if (eventId.Length is 0 or > SealedFormat.MaxEventIdLength)
        {
            throw new ArgumentException(
                $"event_id has {eventId.Length} bytes; 1 to {SealedFormat.MaxEventIdLength} are allowed. Set it before sealing: the seal holds for that event alone.",
                nameof(eventId));
        }

        var bytes = new byte[plaintext.Length + SealedFormat.Overhead];
        var header = bytes.AsSpan(0, SealedFormat.HeaderLength);
        header[0] = SealedFormat.Version;
        BinaryPrimitives.WriteUInt32BigEndian(header[SealedFormat.KeyIdOffset..], KeyId);
        BinaryPrimitives.WriteUInt128BigEndian(header[SealedFormat.SaltOffset..], _salt);
        nonce.CopyTo(header[SealedFormat.NonceOffset..]);
        Span<byte> associated = stackalloc byte[SealedFormat.HeaderLength + SealedFormat.MaxEventIdLength];
        header.CopyTo(associated);
        eventId.CopyTo(associated[SealedFormat.HeaderLength..]);

        // OpenSSL's context, which AesGcm keeps, serves one thread at a time.
        lock (_sealing)
        {
            _cipher.Encrypt(
                nonce,
                plaintext,
                bytes.AsSpan(SealedFormat.HeaderLength, plaintext.Length),
                bytes.AsSpan(SealedFormat.HeaderLength + plaintext.Length),
                associated[..(SealedFormat.HeaderLength + eventId.Length)]);
        }

        return bytes;
    }

    private static void CheckLength(int length)
    {
        if (length > SealedFormat.MaxPlaintextLength)
        {
            throw new ArgumentException(
                $"The fields to be sealed take {length} bytes; {SealedFormat.MaxPlaintextLength} are allowed. Send software, processes and sensor samples beside them, or fewer of these.",
                nameof(length));
        }
    }

    private static UInt128 RandomSalt()
    {
        Span<byte> salt = stackalloc byte[SealedFormat.SaltLength];
        RandomNumberGenerator.Fill(salt);
        return BinaryPrimitives.ReadUInt128BigEndian(salt);
    }

    private ByteString? SealMessage(SealedSignals signals, string eventId, ByteString existing)
    {
        var size = signals.CalculateSize();
        if (size == 0)
        {
            return null;
        }

        if (!existing.IsEmpty)
        {
            throw new InvalidOperationException("sealed_identifiers is set already. Seal a request once, and all of its identifiers together.");
        }

        CheckLength(size);
        var plaintext = size <= MaxStackBytes ? stackalloc byte[size] : Large(size);
        try
        {
            signals.WriteTo(plaintext);
            return UnsafeByteOperations.UnsafeWrap(Seal(plaintext, Encoding.UTF8.GetBytes(eventId)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    // Pinned, so that the collector never leaves a copy of it behind.
    private static Span<byte> Large(int size) =>
        (_large ??= GC.AllocateUninitializedArray<byte>(SealedFormat.MaxPlaintextLength, pinned: true)).AsSpan(0, size);
}
