namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// IMEI and IMEISV, 3GPP TS 23.003 clause 6.2: 8 digits TAC, 6 digits serial number, then nothing, a check digit, or
/// two digits of software version. Normal form: the first 14 digits, which alone stay the same over the device's life.
/// </summary>
internal static class Imei
{
    /// <summary>TAC and serial number: the normal form.</summary>
    internal const int Length = 14;

    /// <summary>Longest text: 16 digits and a separator between any two of them.</summary>
    internal const int MaxTextLength = 31;

    private const int LengthWithCheckDigit = 15;
    private const int LengthWithSoftwareVersion = 16;

    // Clause 6.2.1: the check digit is not sent over the air; the sixteenth semi-octet's "spare digit" is sent as 0
    // in its place, and some modems hand that 0 on to the app.
    private const byte SpareDigit = (byte)'0';

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxTextLength)
        {
            return NormaliseStatus.TooLong;
        }

        var count = Digits.CopySeparated(text, hexadecimal: false, destination[..LengthWithSoftwareVersion]);
        if (count is not (Length or LengthWithCheckDigit or LengthWithSoftwareVersion))
        {
            return NormaliseStatus.Malformed;
        }

        // Before the check digit: "111111111111111" is junk rather than a slip of the pen.
        if (NullValues.Judge(EntityKind.Imei, destination[..Length]) is var shared and not NormaliseStatus.Ok)
        {
            return shared;
        }

        if (count == LengthWithCheckDigit && destination[Length] != SpareDigit && !Luhn.IsValid(destination[..count], Luhn.Decimal))
        {
            return NormaliseStatus.Malformed;
        }

        written = Length;
        return NormaliseStatus.Ok;
    }
}
