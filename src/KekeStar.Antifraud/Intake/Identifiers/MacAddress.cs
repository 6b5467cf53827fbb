namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// MAC address, EUI-48 of IEEE 802: 12 hexadecimal digits, with ':' or '-' between pairs, '.' between fours, or
/// nothing between them. Normal form: 12 lower-case digits.
/// </summary>
internal static class MacAddress
{
    /// <summary>The normal form.</summary>
    internal const int Length = 12;

    /// <summary>Longest text: pairs with separators.</summary>
    internal const int MaxTextLength = 17;

    private const int DottedLength = 14;
    private const int PairLength = 2;
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

        var read = text.Length switch
        {
            Length => Digits.TryCopyHexLower(text, destination),
            DottedLength => text[FourLength] == (byte)'.' && TryCopyGroups(text, FourLength, destination),
            MaxTextLength => text[PairLength] is (byte)':' or (byte)'-' && TryCopyGroups(text, PairLength, destination),
            _ => false,
        };
        if (!read)
        {
            return NormaliseStatus.Malformed;
        }

        // Before the group bit: ff:ff:ff:ff:ff:ff is what a driver says when it has no address.
        if (NullValues.IsShared(keepLocal ? EntityKind.Bssid : EntityKind.Mac, destination[..Length]))
        {
            return NormaliseStatus.NullValue;
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
