using System.Numerics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows;

/// <summary>A set of 64-bit parts of pseudonyms in memory of the caller's, as large as what it has to hold.</summary>
/// <remarks>They are outputs of a keyed hash, so their low bits are as good a place as any; 0 marks a free one.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct HashTable
{
    /// <summary>Room to offer for a tail: twice the records of a tail, so that it is never more than half full.</summary>
    public const int Capacity = WindowLimits.TailRecords * 2;

    private readonly Span<ulong> _places;

    /// <summary>Makes an empty set.</summary>
    /// <param name="room">Where it lies; of any content; at least twice as many as expected, rounded up to a power of two.</param>
    /// <param name="expected">How many it will hold at most: 0 … half of the room.</param>
    public HashTable(Span<ulong> room, int expected)
    {
        _places = room[..Math.Min(room.Length, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(expected, 4) * 2))];
        _places.Clear();
    }

    /// <summary>Adds a hash.</summary>
    /// <returns>False if it is in the set already.</returns>
    public bool TryAdd(ulong hash)
    {
        var place = Find(hash);
        if (_places[place] != 0)
        {
            return false;
        }

        _places[place] = hash == 0 ? 1 : hash;
        return true;
    }

    /// <summary>True if the hash is in the set.</summary>
    public bool Contains(ulong hash) => _places[Find(hash)] != 0;

    private int Find(ulong hash)
    {
        hash = hash == 0 ? 1 : hash;
        var place = (int)(hash & (ulong)(_places.Length - 1));
        while (_places[place] != 0 && _places[place] != hash)
        {
            place = (place + 1) & (_places.Length - 1);
        }

        return place;
    }
}
