using System.Buffers.Text;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Reads RESP replies in place. Anything but what is asked for, an error reply too, makes a read fail.</summary>
internal ref struct ReplyReader(ReadOnlySpan<byte> replies)
{
    private ReadOnlySpan<byte> _rest = replies;

    /// <summary>Reads <c>:number</c>.</summary>
    public bool TryInteger(out long value) => TryNumber((byte)':', out value);

    /// <summary>Reads a bulk string; a null one counts as empty.</summary>
    public bool TryBulk(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryNumber((byte)'$', out var length))
        {
            return false;
        }

        if (length < 0)
        {
            return true;
        }

        if (_rest.Length < length + 2)
        {
            return false;
        }

        value = _rest[..(int)length];
        _rest = _rest[((int)length + 2)..];
        return true;
    }

    /// <summary>Skips a reply line of the given type.</summary>
    public bool TryLine(byte type)
    {
        var end = _rest.IndexOf("\r\n"u8);
        if (end < 1 || _rest[0] != type)
        {
            return false;
        }

        _rest = _rest[(end + 2)..];
        return true;
    }

    private bool TryNumber(byte type, out long value)
    {
        value = 0;
        if (_rest.Length < 4 || _rest[0] != type || !Utf8Parser.TryParse(_rest[1..], out value, out int digits))
        {
            return false;
        }

        _rest = _rest[(digits + 3)..];
        return true;
    }
}
