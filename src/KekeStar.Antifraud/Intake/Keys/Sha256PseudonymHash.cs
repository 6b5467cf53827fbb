using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// HMAC-SHA256 by .NET's own objects: what there is where <see cref="Sha256Compression"/> is not.
/// </summary>
/// <remarks>
/// One reused <see cref="IncrementalHash"/> for each thread and kind halves the cost against <c>HMACSHA256.HashData</c>
/// (0.5 against 1.0 µs; the PseudonymBenchmarks class shows it, docs/decisions/0001).
/// </remarks>
internal sealed class Sha256PseudonymHash : PseudonymHash
{
    // Every identifier and nearly every account and event id; what is longer is hashed in two pieces.
    private const int MaxJoined = 64;

    private readonly byte[][] _keys;
    private readonly ThreadLocal<IncrementalHash?[]> _hashes;

    // To reach the hashes of every thread when the keys are destroyed. Weak, or those of threads that have ended would
    // pile up; ThreadLocal's own list of all values has that fault.
    private readonly List<WeakReference<IncrementalHash?[]>> _made = [];
    private readonly Lock _making = new();
    private bool _isDestroyed;

    /// <summary>Hashes with one key for each kind.</summary>
    public Sha256PseudonymHash(byte[][] keys)
    {
        _keys = keys;
        _hashes = new ThreadLocal<IncrementalHash?[]>(NewThread);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Compute(byte kind, ReadOnlySpan<byte> value, Span<byte> digest)
    {
        // Null: is being disposed at this moment.
        var hashes = _hashes.Value ?? throw new ObjectDisposedException(nameof(KeyEpoch));
        var hash = hashes[kind] ?? Make(hashes, kind);
        if (value.Length <= MaxJoined)
        {
            // One call into the cryptographic library less: a sixth of the cost (PseudonymBenchmarks).
            Span<byte> joined = stackalloc byte[1 + MaxJoined];
            joined = joined[..(1 + value.Length)];
            joined[0] = kind;
            value.CopyTo(joined[1..]);
            hash.AppendData(joined);
            joined.Clear();
        }
        else
        {
            ReadOnlySpan<byte> kindByte = [kind];
            hash.AppendData(kindByte);
            hash.AppendData(value);
        }

        hash.GetHashAndReset(digest);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_making)
        {
            _isDestroyed = true;
            foreach (var made in _made)
            {
                if (made.TryGetTarget(out var hashes))
                {
                    foreach (var hash in hashes)
                    {
                        hash?.Dispose();
                    }
                }
            }

            _made.Clear();
        }

        _hashes.Dispose();
    }

    private IncrementalHash?[] NewThread()
    {
        var hashes = new IncrementalHash?[byte.MaxValue + 1];
        lock (_making)
        {
            _made.RemoveAll(static made => !made.TryGetTarget(out _));
            _made.Add(new WeakReference<IncrementalHash?[]>(hashes));
        }

        return hashes;
    }

    // Under the lock, so that none is made of a key that is being wiped.
    private IncrementalHash Make(IncrementalHash?[] hashes, byte kind)
    {
        lock (_making)
        {
            ObjectDisposedException.ThrowIf(_isDestroyed, typeof(KeyEpoch));
            return hashes[kind] = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _keys[kind]);
        }
    }
}
