namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>Dotted decimal IPv4: four numbers 0 to 255 without leading zeros (RFC 6943 clause 3.1.1, "strict").</summary>
internal static class IPv4Text
{
    /// <summary>Length of an address in bytes.</summary>
    internal const int Length = 4;

    /// <summary>Reads the whole text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">Receives four bytes.</param>
    /// <returns>False if the text is anything else.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> text, Span<byte> address)
    {
        var position = 0;
        for (var octet = 0; octet < Length; octet++)
        {
            if (octet > 0)
            {
                if (position == text.Length || text[position] != (byte)'.')
                {
                    return false;
                }

                position++;
            }

            if (!TryReadOctet(text, ref position, out address[octet]))
            {
                return false;
            }
        }

        return position == text.Length;
    }

    private static bool TryReadOctet(ReadOnlySpan<byte> text, ref int position, out byte octet)
    {
        var start = position;
        var value = 0;
        while (position < text.Length && position - start < 3 && Digits.IsDecimal(text[position]))
        {
            value = (value * 10) + text[position++] - '0';
        }

        octet = (byte)value;
        var length = position - start;
        return length > 0 && value <= byte.MaxValue && (length == 1 || text[start] != (byte)'0');
    }
}
