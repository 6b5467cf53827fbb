namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// ICCID, ITU-T E.118 and ETSI TS 102 221 clause 13.2: begins with 89 (telecommunications), 18 to 20 digits. Normal
/// form: the digits without padding and without check digit.
/// </summary>
/// <remarks>
/// <para>
/// E.118 allows 18 digits and a Luhn check digit. What cards hold and phones report differs: 18 digits without the check
/// digit, 19 with it, 19 with the padding nibble F of the card's file, and 20 digits where the operator used the
/// padding's place (China, USA). Chinese numbers (8986…) may have a letter A to F for the number segment, and 20-digit
/// ones often end with a digit that is no Luhn check digit. A failed check therefore proves nothing and rejects nothing.
/// </para>
/// <para>
/// The last digit is cut off while there are more than 18 and Luhn holds. So a number is brought to the same form with
/// and without its check digit, at whatever length. A last digit that is not a check digit holds by chance in one case
/// of ten and is cut off too; two cards are never merged by that: each whole number has exactly one last digit for
/// which Luhn holds.
/// </para>
/// </remarks>
internal static class Iccid
{
    /// <summary>Fewest digits: number without check digit.</summary>
    internal const int MinLength = 18;

    /// <summary>Most digits: the ten octets of the card's file.</summary>
    internal const int MaxLength = 20;

    private const byte Padding = (byte)'F';

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxLength)
        {
            return NormaliseStatus.TooLong;
        }

        if (text.Length < MinLength || !text.StartsWith("89"u8))
        {
            return NormaliseStatus.Malformed;
        }

        var length = text.Length;
        while (length > MinLength && Digits.ToUpper(text[length - 1]) == Padding)
        {
            length--;
        }

        text = text[..length];
        var isDecimal = Digits.AreDecimal(text);
        if (!isDecimal && !text.StartsWith("8986"u8))
        {
            return NormaliseStatus.Malformed;
        }

        if (Digits.CopySeparated(text, hexadecimal: true, destination) != length)
        {
            return NormaliseStatus.Malformed;
        }

        while (isDecimal && length > MinLength && Luhn.IsValid(destination[..length], Luhn.Decimal))
        {
            length--;
        }

        written = length;
        return NormaliseStatus.Ok;
    }
}
