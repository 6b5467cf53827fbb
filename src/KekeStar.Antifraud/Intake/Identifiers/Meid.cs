using System.Buffers.Text;
using System.Globalization;

namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// MEID, 3GPP2 S.R0048-A: 14 hexadecimal digits or 18 decimal ones (the first 8 hexadecimal digits as 10 decimal ones,
/// the other 6 as 8), either with or without a check digit. Normal form: 14 upper-case hexadecimal digits.
/// </summary>
/// <remarks>
/// A MEID of decimal digits only is at the same time an IMEI (multi-mode phones). It is still hashed as a MEID here:
/// the field that the app filled decides the kind, and kinds are separate.
/// </remarks>
internal static class Meid
{
    /// <summary>The normal form.</summary>
    internal const int Length = 14;

    /// <summary>Longest text: 19 digits and a separator between any two of them.</summary>
    internal const int MaxTextLength = 37;

    private const int LengthWithCheckDigit = 15;
    private const int DecimalLength = 18;
    private const int DecimalLengthWithCheckDigit = 19;
    private const int DecimalManufacturerLength = 10;
    private const int HexManufacturerLength = 8;
    private const uint MaxDecimalSerial = 0xFFFFFF;

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxTextLength)
        {
            return NormaliseStatus.TooLong;
        }

        var count = Digits.CopySeparated(text, hexadecimal: true, destination[..DecimalLengthWithCheckDigit]);
        var read = count switch
        {
            Length => true,
            LengthWithCheckDigit => NullValues.Judge(EntityKind.Meid, destination[..Length]) != NormaliseStatus.Ok || HasCheckDigit(destination[..count]),
            DecimalLength => TryConvertDecimal(destination),
            DecimalLengthWithCheckDigit => HasDecimalCheckDigit(destination[..count]) && TryConvertDecimal(destination),
            _ => false,
        };
        if (!read)
        {
            return NormaliseStatus.Malformed;
        }

        written = Length;
        return NormaliseStatus.Ok;
    }

    // A MEID without letters lies in the IMEI's number range and carries the IMEI's decimal check digit.
    private static bool HasCheckDigit(ReadOnlySpan<byte> digits) =>
        Luhn.IsValid(digits, Digits.AreDecimal(digits[..Length]) ? Luhn.Decimal : Luhn.Hexadecimal)
        && (!Digits.AreDecimal(digits[..Length]) || Digits.IsDecimal(digits[Length]));

    // The check digit of the decimal form is Luhn's over its own 18 digits, not that of the hexadecimal form.
    private static bool HasDecimalCheckDigit(ReadOnlySpan<byte> digits) => Digits.AreDecimal(digits) && Luhn.IsValid(digits, Luhn.Decimal);

    private static bool TryConvertDecimal(Span<byte> digits)
    {
        if (!Digits.AreDecimal(digits[..DecimalLength])
            || !Utf8Parser.TryParse(digits[..DecimalManufacturerLength], out uint manufacturer, out _)
            || !Utf8Parser.TryParse(digits[DecimalManufacturerLength..DecimalLength], out uint serial, out _)
            || serial > MaxDecimalSerial)
        {
            return false;
        }

        return manufacturer.TryFormat(digits, out _, "X8", CultureInfo.InvariantCulture)
            && serial.TryFormat(digits[HexManufacturerLength..], out _, "X6", CultureInfo.InvariantCulture);
    }
}
