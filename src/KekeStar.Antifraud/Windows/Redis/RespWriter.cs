using System.Globalization;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// Writes commands of Redis's protocol: an array header, then a bulk string for each part
/// (https://redis.io/docs/latest/develop/reference/protocol-spec/). The caller sees to it that there is room.
/// </summary>
internal ref struct RespWriter(Span<byte> destination)
{
    private const int MaxDigits = 20;

    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written.</summary>
    public int Written { get; private set; }

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Written..]);
        Written += bytes.Length;
    }

    /// <summary>Writes a bulk string.</summary>
    public void Bulk(scoped ReadOnlySpan<byte> value)
    {
        Raw("$"u8);
        Digits(value.Length);
        Raw("\r\n"u8);
        Raw(value);
        Raw("\r\n"u8);
    }

    /// <summary>Writes a number as a bulk string.</summary>
    public void Bulk(int value)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        _ = value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        Bulk(digits[..length]);
    }

    private void Digits(int value)
    {
        if (value is >= 0 and < 10)
        {
            _destination[Written++] = (byte)('0' + value);
            return;
        }

        _ = value.TryFormat(_destination[Written..], out var length, default, CultureInfo.InvariantCulture);
        Written += length;
    }
}
