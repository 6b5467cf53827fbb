namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Remembers what this process wrote lately, by 64-bit hashes. It may forget (a later hash takes the place) but never
/// claims a hash that was not added.
/// </summary>
internal sealed class RecentHashes
{
    // 65,536 places, 512 KiB: at 10,000 events a second, the last seconds.
    private const int Places = 1 << 16;

    private readonly ulong[] _hashes = new ulong[Places];

    /// <summary>True if the hash was added and not forgotten.</summary>
    public bool Contains(ulong hash) => Volatile.Read(ref _hashes[hash & (Places - 1)]) == hash;

    /// <summary>Forgets a hash.</summary>
    public void Remove(ulong hash) => Interlocked.CompareExchange(ref _hashes[hash & (Places - 1)], 0, hash);

    /// <summary>Remembers a hash.</summary>
    public void Add(ulong hash) => Volatile.Write(ref _hashes[hash & (Places - 1)], hash);
}
