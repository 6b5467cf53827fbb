using System.Buffers.Binary;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// Ascending numbers with a value of fixed size each, looked up where they lie. In the payload: one entry after the
/// other, 4 bytes of number and the value.
/// </summary>
internal sealed class NumberList
{
    private readonly byte[] _entries;
    private readonly int _size;

    /// <summary>Takes the entries and checks them whole.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="valueSize">Bytes of a value.</param>
    /// <param name="place">What the file is called in a message.</param>
    /// <exception cref="InvalidDataException">The list is not of the format.</exception>
    internal NumberList(byte[] entries, int valueSize, string place)
    {
        _entries = entries;
        _size = sizeof(uint) + valueSize;
        if (entries.Length % _size != 0)
        {
            throw TableFault.At(place, "its last entry is cut short");
        }

        Count = entries.Length / _size;
        for (var index = 1; index < Count; index++)
        {
            if (Number(index - 1) >= Number(index))
            {
                throw TableFault.At(place, $"entry {index} is out of order");
            }
        }
    }

    /// <summary>How many entries there are.</summary>
    internal int Count { get; }

    /// <summary>A number.</summary>
    internal uint Number(int index) => BinaryPrimitives.ReadUInt32LittleEndian(_entries.AsSpan(index * _size));

    /// <summary>The value of a number.</summary>
    internal ReadOnlySpan<byte> Value(int index) => _entries.AsSpan((index * _size) + sizeof(uint), _size - sizeof(uint));

    /// <summary>Looks a number up.</summary>
    /// <returns>Its index, or −1.</returns>
    internal int Find(uint number)
    {
        var index = FirstFrom(number);
        return index < Count && Number(index) == number ? index : -1;
    }

    /// <summary>The first entry whose number is at least this one; <see cref="Count"/> if there is none.</summary>
    internal int FirstFrom(uint number)
    {
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Number(middle) < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
