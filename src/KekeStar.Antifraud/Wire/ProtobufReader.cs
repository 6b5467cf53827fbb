using System.Buffers.Binary;

namespace KekeStar.Antifraud.Wire;

/// <summary>
/// Reads protocol buffers fields from a span without making objects of them. A malformed message turns
/// <see cref="IsMalformed"/> on and ends the reading; nothing is thrown, since bad input is expected here.
/// Encoding: https://protobuf.dev/programming-guides/encoding/.
/// </summary>
internal ref struct ProtobufReader
{
    private readonly ReadOnlySpan<byte> _message;
    private int _position;

    /// <summary>Reads from the first byte of a message.</summary>
    public ProtobufReader(ReadOnlySpan<byte> message)
    {
        _message = message;
        _position = 0;
        IsMalformed = false;
        WireType = default;
    }

    /// <summary>True once something was met that is not protocol buffers.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>True if no byte is left.</summary>
    public readonly bool IsAtEnd => _position == _message.Length;

    /// <summary>Wire type of the current field.</summary>
    public WireType WireType { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <param name="field">The field's number, 1 or more.</param>
    /// <returns>False at the end of the message, or if it is malformed.</returns>
    public bool TryReadTag(out int field)
    {
        field = 0;
        if (IsMalformed || _position == _message.Length)
        {
            return false;
        }

        var tag = ReadVarint();
        field = (int)(tag >> 3);
        WireType = (WireType)(tag & 7);
        if (IsMalformed || tag > uint.MaxValue || field == 0
            || WireType is WireType.StartGroup or WireType.EndGroup or > WireType.Fixed32)
        {
            return Fail();
        }

        return true;
    }

    /// <summary>Reads a varint.</summary>
    public ulong ReadVarint()
    {
        // Most tags and lengths are one byte.
        if (_position < _message.Length && _message[_position] < 0x80)
        {
            return _message[_position++];
        }

        var result = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_position == _message.Length)
            {
                break;
            }

            var next = _message[_position++];
            result |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return result;
            }
        }

        Fail();
        return 0;
    }

    /// <summary>Reads four bytes, little endian.</summary>
    public uint ReadFixed32()
    {
        if (_message.Length - _position < sizeof(uint))
        {
            Fail();
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt32LittleEndian(_message[_position..]);
        _position += sizeof(uint);
        return value;
    }

    /// <summary>Reads a length-delimited field where it lies.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        if (IsMalformed || length > (ulong)(_message.Length - _position))
        {
            Fail();
            return default;
        }

        var bytes = _message.Slice(_position, (int)length);
        _position += (int)length;
        return bytes;
    }

    /// <summary>Steps over the current field.</summary>
    public void Skip()
    {
        switch (WireType)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Advance(sizeof(ulong));
                break;
            case WireType.LengthDelimited:
                ReadBytes();
                break;
            case WireType.Fixed32:
                Advance(sizeof(uint));
                break;
            default:
                Fail();
                break;
        }
    }

    private void Advance(int count)
    {
        if (_message.Length - _position < count)
        {
            Fail();
            return;
        }

        _position += count;
    }

    private bool Fail()
    {
        IsMalformed = true;
        _position = _message.Length;
        return false;
    }
}
