using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// Makes keyed pseudonyms: the first 16 bytes of HMAC-SHA256(key of epoch and kind, kind ‖ normalised value).
/// </summary>
/// <remarks>
/// A plain hash of an IMEI or a MAC address is reversed by trying them all, so it is never used. One reused
/// <see cref="IncrementalHash"/> for each thread and kind halves the cost against <c>HMACSHA256.HashData</c> (0.5 against
/// 1.0 µs; the PseudonymBenchmarks class shows it, docs/decisions/0001).
/// </remarks>
internal sealed class Pseudonymiser : IDisposable
{
    // Every identifier and nearly every account and event id; what is longer is hashed in two pieces.
    private const int MaxJoined = 64;

    private readonly ThreadLocal<IncrementalHash?[]> _hashes = new(() => new IncrementalHash?[byte.MaxValue + 1]);
    private readonly KeyEpoch _epoch;

    /// <summary>Makes pseudonyms with the active epoch of a ring.</summary>
    public Pseudonymiser(KeyRing ring) => _epoch = ring.Active;

    /// <summary>Number of the epoch of the pseudonyms.</summary>
    public byte Epoch => _epoch.Number;

    /// <inheritdoc />
    public void Dispose() => _hashes.Dispose();

    /// <summary>Makes the pseudonym of a value.</summary>
    /// <param name="kind">What the value is.</param>
    /// <param name="value">The normalised value.</param>
    [SkipLocalsInit]
    public Pseudonym Compute(EntityKind kind, ReadOnlySpan<byte> value)
    {
        var hashes = _hashes.Value!;
        var hash = hashes[(byte)kind] ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _epoch.Key((byte)kind));
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
}
