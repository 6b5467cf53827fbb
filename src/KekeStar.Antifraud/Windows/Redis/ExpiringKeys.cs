using System.Buffers.Binary;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// Remembers which keys are known to carry an expiry, so that the command which makes sure of it
/// (<c>SET key "" EX ttl NX</c> before the first APPEND) is spared for keys in use.
/// </summary>
/// <remarks>
/// <para>
/// APPEND keeps a key's expiry but creates a missing key without one, and the EXPIRE behind it can be lost: with the
/// connection, with the process, or when a replica is promoted between the two. A key that exists with an expiry
/// before it is appended to cannot end up without.
/// </para>
/// <para>
/// The check costs Redis 3–7 µs for eight entries (12–19 µs without it; Redis 7.0, one connection), MULTI/EXEC 2–9 µs.
/// </para>
/// <para>
/// A direct-mapped table of 1,048,576 entries (8 MiB): forgetting one costs a command, nothing else. Each entry is 40
/// bits of the key's hash and the second of its confirmation, so that reads and writes are atomic. Keys are
/// pseudonyms (keyed hashes): nobody outside can choose two that meet.
/// </para>
/// </remarks>
internal sealed class ExpiringKeys(TimeProvider time)
{
    private const int IndexBits = 20;
    private const int SecondBits = 24;
    private const ulong SecondMask = (1UL << SecondBits) - 1;
    private const int LongestMemorySeconds = 3_600;

    private readonly ulong[] _entries = new ulong[1 << IndexBits];

    // What was confirmed in this second or before does not count.
    private long _forgotten = long.MinValue / 2;

    /// <summary>True if the key was confirmed within half its time to live, and within the hour.</summary>
    public bool Contains(ReadOnlySpan<byte> key, int timeToLiveSeconds)
    {
        var hash = Hash(key);
        var entry = Volatile.Read(ref _entries[hash >> (64 - IndexBits)]);
        if ((entry >> SecondBits) != Tag(hash))
        {
            return false;
        }

        var now = Now();
        var age = (long)((ulong)(now - (long)entry) & SecondMask);
        return age < Math.Min(timeToLiveSeconds / 2, LongestMemorySeconds) && age < now - Volatile.Read(ref _forgotten);
    }

    /// <summary>Notes that the key carries an expiry.</summary>
    public void Add(ReadOnlySpan<byte> key)
    {
        var hash = Hash(key);
        Volatile.Write(ref _entries[hash >> (64 - IndexBits)], (Tag(hash) << SecondBits) | ((ulong)Now() & SecondMask));
    }

    /// <summary>Forgets all keys: another server may answer now, or the same one without its data.</summary>
    public void Clear() => Volatile.Write(ref _forgotten, Now());

    private static ulong Tag(ulong hash) => hash & ((1UL << (64 - SecondBits)) - 1);

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();

    // Multiply and fold over 8-byte words (constant: 2^64 / golden ratio, Knuth, TAOCP vol. 3, 6.4).
    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        const ulong Golden = 0x9E37_79B9_7F4A_7C15;
        var hash = (ulong)key.Length;
        for (; key.Length >= sizeof(ulong); key = key[sizeof(ulong)..])
        {
            hash = Fold((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key)) * Golden);
        }

        foreach (var value in key)
        {
            hash = Fold((hash ^ value) * Golden);
        }

        return hash * Golden;

        static ulong Fold(ulong value) => value ^ (value >> 32);
    }
}
