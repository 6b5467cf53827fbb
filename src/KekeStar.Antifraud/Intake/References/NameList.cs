using System.Buffers.Binary;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// Texts with a value of fixed size each, looked up where they lie. In the payload: count (4 bytes), where each text
/// begins and the last one ends (4 each, counted from the first text), the texts, the values.
/// </summary>
internal sealed class NameList
{
    private readonly byte[] _payload;
    private readonly int _offsetsAt;
    private readonly int _textsAt;
    private readonly int _valuesAt;
    private readonly int _valueSize;

    private NameList(byte[] payload, int at, int count, int textsAt, int valuesAt, int valueSize)
    {
        _payload = payload;
        _offsetsAt = at + sizeof(int);
        Count = count;
        _textsAt = textsAt;
        _valuesAt = valuesAt;
        _valueSize = valueSize;
    }

    /// <summary>How many texts there are.</summary>
    internal int Count { get; }

    /// <summary>Where the list ends in the payload.</summary>
    internal int End => _valuesAt + (Count * _valueSize);

    /// <summary>Reads a list and checks it whole, so that no look-up has to.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="at">Where the list begins.</param>
    /// <param name="valueSize">Bytes of a value.</param>
    /// <param name="isSorted">True if the texts must ascend, byte by byte.</param>
    /// <param name="place">What the file is called in a message.</param>
    /// <exception cref="InvalidDataException">The list is not of the format.</exception>
    internal static NameList Read(byte[] payload, int at, int valueSize, bool isSorted, string place)
    {
        var room = payload.Length - at;
        var count = room < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(at));
        var head = sizeof(int) * (2L + count);
        if (count < 0 || head > room)
        {
            throw TableFault.At(place, "a list of names is cut short");
        }

        var textsAt = at + (int)head;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(textsAt - sizeof(int)));
        if (head + length + ((long)count * valueSize) > room)
        {
            throw TableFault.At(place, "a list of names is cut short");
        }

        var list = new NameList(payload, at, count, textsAt, textsAt + (int)length, valueSize);
        list.Check(isSorted, place);
        return list;
    }

    /// <summary>A text.</summary>
    internal ReadOnlySpan<byte> Name(int index)
    {
        var begin = Offset(index);
        return _payload.AsSpan(_textsAt + begin, Offset(index + 1) - begin);
    }

    /// <summary>The value of a text.</summary>
    internal ReadOnlySpan<byte> Value(int index) => _payload.AsSpan(_valuesAt + (index * _valueSize), _valueSize);

    /// <summary>Looks a text up in a sorted list.</summary>
    /// <returns>Its index, or −1.</returns>
    internal int Find(ReadOnlySpan<byte> name)
    {
        var low = 0;
        var high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Name(middle).SequenceCompareTo(name);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    private int Offset(int index) => BinaryPrimitives.ReadInt32LittleEndian(_payload.AsSpan(_offsetsAt + (index * sizeof(int))));

    private void Check(bool isSorted, string place)
    {
        if (Offset(0) != 0)
        {
            throw TableFault.At(place, "a list of names begins elsewhere than at its first name");
        }

        for (var index = 0; index < Count; index++)
        {
            if (Offset(index + 1) <= Offset(index) || Offset(index + 1) > _valuesAt - _textsAt)
            {
                throw TableFault.At(place, $"name {index} of a list is empty or lies outside it");
            }

            if (isSorted && index > 0 && Name(index - 1).SequenceCompareTo(Name(index)) >= 0)
            {
                throw TableFault.At(place, $"name {index} of a list is out of order");
            }
        }
    }
}
