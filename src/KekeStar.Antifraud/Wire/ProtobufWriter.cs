using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace KekeStar.Antifraud.Wire;

/// <summary>
/// Writes protocol buffers fields into a reused buffer, which grows if it must. A field that holds its type's
/// default is left out, as proto3 does.
/// </summary>
internal sealed class ProtobufWriter
{
    // UTF-8 takes at most three bytes for a char; those of a surrogate pair take four together.
    private const int MaxBytesPerChar = 3;
    private const int MaxShortText = 0x7F / MaxBytesPerChar;

    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Writes an unsigned integer or an enum.</summary>
    public void WriteUnsigned(int field, ulong value)
    {
        if (value != 0)
        {
            WriteTag(field, WireType.Varint);
            WriteVarint(value);
        }
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(int field, bool value) => WriteUnsigned(field, value ? 1UL : 0);

    /// <summary>Writes a double.</summary>
    public void WriteDouble(int field, double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        if (bits != 0)
        {
            WriteTag(field, WireType.Fixed64);
            BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), bits);
            _length += sizeof(ulong);
        }
    }

    /// <summary>Writes bytes, or UTF-8 text.</summary>
    public void WriteBytes(int field, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            WriteTag(field, WireType.LengthDelimited);
            WriteVarint((uint)value.Length);
            value.CopyTo(Reserve(value.Length));
            _length += value.Length;
        }
    }

    /// <summary>Writes text; an empty one only where it is an element of a list.</summary>
    public void WriteString(int field, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        WriteTag(field, WireType.LengthDelimited);
        if (value.Length <= MaxShortText)
        {
            // Its length fits one byte, so it is encoded behind that byte without being measured first (ReplyBenchmarks).
            var destination = Reserve(1 + (value.Length * MaxBytesPerChar));
            var written = Encoding.UTF8.GetBytes(value, destination[1..]);
            destination[0] = (byte)written;
            _length += 1 + written;
        }
        else
        {
            WriteVarint((uint)Encoding.UTF8.GetByteCount(value));
            _length += Encoding.UTF8.GetBytes(value, Reserve(value.Length * MaxBytesPerChar));
        }
    }

    /// <summary>Begins an embedded message; returns a mark for <see cref="EndMessage"/>.</summary>
    public int BeginMessage(int field)
    {
        WriteTag(field, WireType.LengthDelimited);
        return _length;
    }

    /// <summary>Ends an embedded message: puts its length in front of it.</summary>
    public void EndMessage(int mark)
    {
        var size = _length - mark;
        var prefix = VarintLength((uint)size);
        Reserve(prefix);
        _buffer.AsSpan(mark, size).CopyTo(_buffer.AsSpan(mark + prefix));
        _length = mark;
        WriteVarint((uint)size);
        _length += size;
    }

    private static int VarintLength(uint value) => (BitOperations.Log2(value | 1) / 7) + 1;

    private void WriteTag(int field, WireType type) => WriteVarint(((uint)field << 3) | (uint)type);

    private void WriteVarint(ulong value)
    {
        var destination = Reserve(10);
        var count = 0;
        while (value >= 0x80)
        {
            destination[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[count++] = (byte)value;
        _length += count;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        return _buffer.AsSpan(_length);
    }
}
