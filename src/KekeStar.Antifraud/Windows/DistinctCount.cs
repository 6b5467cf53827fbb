using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Counts different keys by the shortest window in which each lies, in room of the caller's. Most logs hold one account and
/// one device, so the table is cleared and filled only when a second key turns up.
/// </summary>
/// <remarks>Keys are outputs of a keyed hash: their low bits are as good a place as any. 0 stands for "none" and is not counted.</remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct DistinctCount
{
    private readonly Span<ulong> _keys;
    private readonly Span<byte> _ranks;
    private readonly Span<int> _counts;
    private ulong _last;
    private int _lastRank;
    private bool _hasTable;

    /// <summary>Begins without a key.</summary>
    /// <param name="keys">Room of any content; a power of two, at least twice the keys that will come.</param>
    /// <param name="ranks">Room of the same length.</param>
    /// <param name="counts">For each window, how many keys lie in it and in none shorter.</param>
    public DistinctCount(Span<ulong> keys, Span<byte> ranks, Span<int> counts)
    {
        if (!BitOperations.IsPow2(keys.Length) || ranks.Length != keys.Length)
        {
            throw new ArgumentException("Keys and ranks have room for the same power of two.", nameof(keys));
        }

        _keys = keys;
        _ranks = ranks;
        _counts = counts;
    }

    /// <summary>Adds a key that was seen in a window.</summary>
    public void Add(ulong key, int rank)
    {
        if ((key != _last || rank < _lastRank) && key != 0)
        {
            AddOther(key, rank);
        }
    }

    private void AddOther(ulong key, int rank)
    {
        if (_last == 0)
        {
            _last = key;
            _lastRank = rank;
            _counts[rank]++;
            return;
        }

        if (!_hasTable)
        {
            _hasTable = true;
            _keys.Clear();
            var first = Find(_last);
            _keys[first] = _last;
            _ranks[first] = (byte)_lastRank;
        }

        var place = Find(key);
        ref var found = ref Key(place);
        ref var foundRank = ref Unsafe.Add(ref MemoryMarshal.GetReference(_ranks), place);
        _last = key;
        if (found == 0)
        {
            found = key;
        }
        else if (foundRank <= rank)
        {
            _lastRank = foundRank;
            return;
        }
        else
        {
            _counts[foundRank]--;
        }

        foundRank = (byte)rank;
        _lastRank = rank;
        _counts[rank]++;
    }

    private readonly int Find(ulong key)
    {
        var mask = _keys.Length - 1;
        var place = (int)key & mask;
        for (var there = Key(place); there != 0 && there != key; there = Key(place))
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    // Without a check: the mask keeps a place inside the room.
    private readonly ref ulong Key(int place) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_keys), place);
}
