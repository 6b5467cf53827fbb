using System.Buffers.Binary;

namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// IPv6 text of RFC 4291 clause 2.2: eight groups of one to four hexadecimal digits, "::" once for one or more groups
/// of zeros, the last two groups optionally as dotted IPv4. No zone (RFC 4007), no brackets, no prefix length.
/// </summary>
internal static class IPv6Text
{
    private const int Groups = 8;
    private const int MaxGroupDigits = 4;
    private const int None = -1;

    /// <summary>Reads the whole text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">Receives 16 bytes.</param>
    /// <returns>False if the text is anything else.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> text, Span<byte> address)
    {
        address.Clear();
        var group = 0;
        var gap = None;
        var position = 0;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            position = 2;
        }

        while (position < text.Length)
        {
            // An embedded IPv4 address takes two groups and ends the text.
            var rest = text[position..];
            if (group <= Groups - 2 && rest.Contains((byte)'.') && !rest.Contains((byte)':'))
            {
                if (!IPv4Text.TryParse(rest, address[(group * 2)..]))
                {
                    return false;
                }

                group += 2;
                break;
            }

            if (group == Groups || !TryReadGroup(text, ref position, address[(group * 2)..]))
            {
                return false;
            }

            group++;
            if (position < text.Length && !TryReadColons(text, ref position, group, ref gap))
            {
                return false;
            }
        }

        return gap == None ? group == Groups : TryOpenGap(address, group, gap);
    }

    private static bool TryReadGroup(ReadOnlySpan<byte> text, ref int position, Span<byte> destination)
    {
        var start = position;
        var value = 0;
        while (position < text.Length && Digits.HexValue(text[position]) is >= 0 and var digit)
        {
            if (position - start == MaxGroupDigits)
            {
                return false;
            }

            value = (value << 4) | digit;
            position++;
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)value);
        return position > start;
    }

    // After a group: one colon and more to come, or two colons, of which there may be one pair only.
    private static bool TryReadColons(ReadOnlySpan<byte> text, ref int position, int group, ref int gap)
    {
        if (text[position++] != (byte)':' || position == text.Length)
        {
            return false;
        }

        if (text[position] != (byte)':')
        {
            return true;
        }

        position++;
        if (gap != None)
        {
            return false;
        }

        gap = group;
        return true;
    }

    // Moves the groups after "::" to the end; it stands for at least one group.
    private static bool TryOpenGap(Span<byte> address, int group, int gap)
    {
        if (group >= Groups)
        {
            return false;
        }

        var from = gap * 2;
        var length = (group - gap) * 2;
        address.Slice(from, length).CopyTo(address[^length..]);
        address[from..^length].Clear();
        return true;
    }
}
