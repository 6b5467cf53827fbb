namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>Reading of decimal and hexadecimal ASCII digits.</summary>
internal static class Digits
{
    private const int CaseBit = 0x20;

    /// <summary>Value of a hexadecimal digit of either case, 0 to 15; -1 for any other byte.</summary>
    internal static int HexValue(byte value)
    {
        if (IsDecimal(value))
        {
            return value - '0';
        }

        var letter = (value | CaseBit) - 'a';
        return (uint)letter < 6 ? letter + 10 : -1;
    }

    /// <summary>True for '0' to '9'.</summary>
    internal static bool IsDecimal(byte value) => (uint)(value - '0') <= 9;

    /// <summary>True if all bytes are '0' to '9'.</summary>
    internal static bool AreDecimal(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Upper-case form of an ASCII letter; any other byte as it is.</summary>
    internal static byte ToUpper(byte value) => (uint)(value - 'a') < 26 ? (byte)(value & ~CaseBit) : value;

    /// <summary>Copies hexadecimal digits in lower case.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="destination">At least as long as the text.</param>
    /// <returns>False if a byte is not a hexadecimal digit.</returns>
    internal static bool TryCopyHexLower(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (HexValue(text[i]) < 0)
            {
                return false;
            }

            // Decimal digits have the case bit set already.
            destination[i] = (byte)(text[i] | CaseBit);
        }

        return true;
    }

    /// <summary>
    /// Copies digits and leaves out the separators that 3GPP TS 23.003 and labels put between them: blank, '-', '/'.
    /// Letters come out in upper case.
    /// </summary>
    /// <param name="text">Begins and ends with a digit.</param>
    /// <param name="hexadecimal">True to allow A to F.</param>
    /// <param name="destination">Where the digits go; their number is limited to its length.</param>
    /// <returns>Number of digits; -1 for another character, a separator at an end, or too many digits.</returns>
    internal static int CopySeparated(ReadOnlySpan<byte> text, bool hexadecimal, Span<byte> destination)
    {
        if (text.IsEmpty || IsSeparator(text[0]) || IsSeparator(text[^1]))
        {
            return -1;
        }

        var count = 0;
        foreach (var value in text)
        {
            if (IsSeparator(value))
            {
                continue;
            }

            var isDigit = hexadecimal ? HexValue(value) >= 0 : IsDecimal(value);
            if (!isDigit || count == destination.Length)
            {
                return -1;
            }

            destination[count++] = ToUpper(value);
        }

        return count;
    }

    private static bool IsSeparator(byte value) => value is (byte)' ' or (byte)'-' or (byte)'/';
}
