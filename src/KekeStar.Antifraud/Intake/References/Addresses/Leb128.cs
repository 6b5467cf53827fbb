using System.Buffers;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>Numbers of 7 bits a byte, lowest first, the high bit set on all but the last (LEB128, DWARF 5 clause 7.6).</summary>
/// <param name="source">The numbers.</param>
/// <param name="name">What to call them in messages.</param>
internal ref struct Leb128(ReadOnlySpan<byte> source, string name)
{
    private const int BitsPerByte = 7;
    private const int MaxBytes = 10;

    private ReadOnlySpan<byte> _rest = source;

    /// <summary>Appends a number.</summary>
    internal static void Write(ArrayBufferWriter<byte> destination, ulong value)
    {
        var bytes = destination.GetSpan(MaxBytes);
        var length = 0;
        for (; value >> BitsPerByte != 0; value >>= BitsPerByte)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        destination.Advance(length);
    }

    /// <summary>Reads a number.</summary>
    /// <param name="max">Highest that is allowed.</param>
    /// <exception cref="InvalidDataException">It is higher, or the source ends.</exception>
    internal ulong Read(ulong max)
    {
        UInt128 value = 0;
        for (var i = 0; i < Math.Min(_rest.Length, MaxBytes); i++)
        {
            value |= (UInt128)(_rest[i] & 0x7Fu) << (i * BitsPerByte);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value <= max ? (ulong)value : throw Damaged();
            }
        }

        throw Damaged();
    }

    /// <summary>Reads how many entries follow: one at least, and no more than there are bytes, as each takes one or more.</summary>
    internal int ReadCount(int max)
    {
        var count = (int)Read((ulong)max);
        return count > 0 && count <= _rest.Length ? count : throw Damaged();
    }

    /// <summary>The error of a table that is not of its form.</summary>
    internal readonly InvalidDataException Damaged() => new($"{name}: damaged, a number is out of its range or missing.");
}
