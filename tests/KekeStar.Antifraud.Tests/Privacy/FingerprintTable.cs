using System.Numerics;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// Which number belongs to eight bytes: a bit for each hash in front, which says no to nearly all, and an open table
/// behind it, which may hold several numbers for the same bytes.
/// </summary>
internal sealed class FingerprintTable
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const int BitsPerSlotLog2 = 4;

    private readonly ulong[] _keys;
    private readonly int[] _numbers;
    private readonly ulong[] _bits;
    private readonly int _slotShift;
    private readonly int _bitShift;

    /// <summary>Makes a table.</summary>
    /// <param name="count">How many entries it takes at most.</param>
    public FingerprintTable(int count)
    {
        var slots = Math.Max(1024, BitOperations.RoundUpToPowerOf2((uint)(count + (count / 2))));
        _keys = new ulong[slots];
        _numbers = new int[slots];
        _bits = new ulong[(slots << BitsPerSlotLog2) / 64];
        _slotShift = 64 - BitOperations.Log2(slots);
        _bitShift = _slotShift - BitsPerSlotLog2;
    }

    /// <summary>Adds a number. Bytes that are all zero cannot be added.</summary>
    public void Add(ulong key, int number)
    {
        Assert.NotEqual(0UL, key);
        var hash = key * Multiplier;
        var bit = hash >> _bitShift;
        _bits[bit >> 6] |= 1UL << (int)(bit & 63);
        var slot = (int)(hash >> _slotShift);
        while (_keys[slot] != 0)
        {
            slot = (slot + 1) & (_keys.Length - 1);
        }

        _keys[slot] = key;
        _numbers[slot] = number;
    }

    /// <summary>False: certainly none.</summary>
    public bool MayHold(ulong key)
    {
        var bit = (key * Multiplier) >> _bitShift;
        return (_bits[bit >> 6] & (1UL << (int)(bit & 63))) != 0;
    }

    /// <summary>The slot of the first number of these bytes at or behind a slot (−1: their first); −1: none.</summary>
    public int Find(ulong key, int after, out int number)
    {
        var slot = after < 0 ? (int)((key * Multiplier) >> _slotShift) : (after + 1) & (_keys.Length - 1);
        for (; _keys[slot] != 0; slot = (slot + 1) & (_keys.Length - 1))
        {
            if (_keys[slot] == key)
            {
                number = _numbers[slot];
                return slot;
            }
        }

        number = -1;
        return -1;
    }
}
