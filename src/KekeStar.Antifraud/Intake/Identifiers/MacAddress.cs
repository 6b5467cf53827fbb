namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// MAC address, EUI-48 of IEEE 802: 12 hexadecimal digits, with ':' or '-' between pairs, '.' between fours, or
/// nothing between them; between ':' a leading zero may be missing, as iOS prints a BSSID (CNCopyCurrentNetworkInfo).
/// Normal form: 12 lower-case digits.
/// </summary>
internal static class MacAddress
{
    /// <summary>The normal form.</summary>
    internal const int Length = 12;

    /// <summary>Longest text: pairs with separators.</summary>
    internal const int MaxTextLength = 17;

    private const int DottedLength = 14;
    private const int PairLength = 2;
    private const int Octets = 6;
    private const int FourLength = 4;

    // IEEE 802c: the two lowest bits of the first octet.
    private const int GroupBit = 1;
    private const int LocalBit = 2;

    /// <summary>Normalises a trimmed text.</summary>
    /// <param name="text">The trimmed text.</param>
    /// <param name="keepLocal">
    /// False for a device's own address: a locally administered one is random by design (Android 10, iOS 14) and a
    /// null value. True for an access point's: guest networks of a fixed access point have such addresses for good.
    /// </param>
    /// <param name="destination">Receives the normal form.</param>
    /// <param name="written">Bytes written.</param>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, bool keepLocal, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxTextLength)
        {
            return NormaliseStatus.TooLong;
        }

        var read = text.Contains((byte)':') ? TryCopyOctets(text, destination) : text.Length switch
        {
            Length => Digits.TryCopyHexLower(text, destination),
            DottedLength => text[FourLength] == (byte)'.' && TryCopyGroups(text, FourLength, destination),
            MaxTextLength => text[PairLength] == (byte)'-' && TryCopyGroups(text, PairLength, destination),
            _ => false,
        };
        if (!read)
        {
            return NormaliseStatus.Malformed;
        }

        // Before the group bit: ff:ff:ff:ff:ff:ff is what a driver says when it has no address.
        if (NullValues.Judge(keepLocal ? EntityKind.Bssid : EntityKind.Mac, destination[..Length]) is var shared and not NormaliseStatus.Ok)
        {
            return shared;
        }

        var lowBits = Digits.HexValue(destination[1]);
        if ((lowBits & GroupBit) != 0)
        {
            return NormaliseStatus.Malformed;
        }

        if ((lowBits & LocalBit) != 0 && !keepLocal)
        {
            return NormaliseStatus.NullValue;
        }

        written = Length;
        return NormaliseStatus.Ok;
    }

    // Six octets of one or two digits, ':' between them.
    private static bool TryCopyOctets(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        for (var octet = 0; octet < Octets; octet++)
        {
            var end = octet == Octets - 1 ? text.Length : text.IndexOf((byte)':');
            if (end is not (1 or PairLength))
            {
                return false;
            }

            var to = destination.Slice(octet * PairLength, PairLength);
            to[0] = (byte)'0';
            if (!Digits.TryCopyHexLower(text[..end], to[(PairLength - end)..]))
            {
                return false;
            }

            text = octet == Octets - 1 ? default : text[(end + 1)..];
        }

        return true;
    }

    private static bool TryCopyGroups(ReadOnlySpan<byte> text, int groupLength, Span<byte> destination)
    {
        var separator = text[groupLength];
        var step = groupLength + 1;
        for (var (from, to) = (0, 0); from < text.Length; from += step, to += groupLength)
        {
            if (from > 0 && text[from - 1] != separator)
            {
                return false;
            }

            if (!Digits.TryCopyHexLower(text.Slice(from, groupLength), destination[to..]))
            {
                return false;
            }
        }

        return true;
    }
}
