using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Writes RESP commands into native memory, which stays where it is while Garnet reads it.</summary>
internal sealed unsafe class RequestBuffer
{
    /// <summary>Bytes behind a bulk string: CR LF.</summary>
    public const int LineEnd = 2;

    private const int FirstCapacity = 16 * 1024;

    /// <summary>Longest length prefix: '$', ten digits, CR LF.</summary>
    private const int LengthPrefix = 13;

    private byte* _start = (byte*)NativeMemory.Alloc(FirstCapacity);
    private int _capacity = FirstCapacity;

    /// <summary>First byte.</summary>
    public byte* Start => _start;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Clear() => Length = 0;

    /// <summary>Writes bytes that are RESP already.</summary>
    public void Raw(ReadOnlySpan<byte> resp)
    {
        resp.CopyTo(Space(resp.Length));
        Length += resp.Length;
    }

    /// <summary>Writes a bulk string.</summary>
    public void Bulk(ReadOnlySpan<byte> value) => value.CopyTo(Bulk(value.Length));

    /// <summary>Writes a bulk string that the caller fills.</summary>
    public Span<byte> Bulk(int length)
    {
        var space = Space(LengthPrefix + length + 2);
        space[0] = (byte)'$';
        var formatted = Utf8Formatter.TryFormat(length, space[1..], out var digits);
        Debug.Assert(formatted, "the space holds any length");
        space[1 + digits] = (byte)'\r';
        space[2 + digits] = (byte)'\n';
        var value = space.Slice(3 + digits, length);
        space[3 + digits + length] = (byte)'\r';
        space[4 + digits + length] = (byte)'\n';
        Length += 5 + digits + length;
        return value;
    }

    /// <summary>Writes a bulk string that is a number.</summary>
    public void Bulk(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        var formatted = Utf8Formatter.TryFormat(value, digits, out var written);
        Debug.Assert(formatted, "20 bytes hold any number");
        Bulk(digits[..written]);
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        NativeMemory.Free(_start);
        _start = null;
        _capacity = 0;
    }

    private Span<byte> Space(int atLeast)
    {
        if (_capacity - Length < atLeast)
        {
            _capacity = checked(Math.Max(_capacity * 2, Length + atLeast));
            _start = (byte*)NativeMemory.Realloc(_start, (nuint)_capacity);
        }

        return new Span<byte>(_start + Length, _capacity - Length);
    }
}
