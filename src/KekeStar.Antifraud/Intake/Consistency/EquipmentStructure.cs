using System.Security.Cryptography;
using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>
/// Says whether an IMEI or MEID can have been assigned at all. Digits are read into a stack buffer, which is wiped.
/// </summary>
internal static class EquipmentStructure
{
    private const int WithCheckDigit = 15;
    private const int BodyLength = 14;

    // 3GPP TS 23.003 clause 6.2.1: "spare digit"; modems hand it on in place of the check digit.
    private const byte SpareDigit = (byte)'0';

    /// <summary>Judges the check digit of an IMEI.</summary>
    /// <param name="utf8">The text as it came.</param>
    public static Soundness ImeiCheckDigit(ReadOnlySpan<byte> utf8)
    {
        Span<byte> digits = stackalloc byte[Imei.Length + 2];
        var count = CopyDigits(utf8, Imei.MaxTextLength, hexadecimal: false, digits);
        var isSound = count == WithCheckDigit && Luhn.IsValid(digits[..count], Luhn.Decimal);
        var result = count != WithCheckDigit || (!isSound && digits[BodyLength] == SpareDigit) ? Soundness.Unknown
            : isSound ? Soundness.Sound
            : Soundness.Broken;
        CryptographicOperations.ZeroMemory(digits);
        return result;
    }

    /// <summary>
    /// Judges the reporting body, the first two digits of an IMEI: GSMA TS.06 (version 25, 2024) annex A with the bodies
    /// that no longer allocate. 00 and 02 to 09 are for tests.
    /// </summary>
    /// <param name="imei">The normal form.</param>
    public static Soundness ReportingBody(ReadOnlySpan<byte> imei) => (((imei[0] - '0') * 10) + imei[1] - '0') switch
    {
        1 or 10 or 30 or 33 or 35 or 44 or 45 or (>= 49 and <= 54) or 86 or 91 or 98 or 99 => Soundness.Sound,
        _ => Soundness.Broken,
    };

    /// <summary>Judges the check digit of a MEID; one in the IMEI's number range has the IMEI's.</summary>
    /// <param name="utf8">The text as it came.</param>
    public static Soundness MeidCheckDigit(ReadOnlySpan<byte> utf8)
    {
        Span<byte> digits = stackalloc byte[Meid.Length + 2];
        var count = CopyDigits(utf8, Meid.MaxTextLength, hexadecimal: true, digits);
        var result = Soundness.Unknown;
        if (count == WithCheckDigit)
        {
            var radix = Digits.AreDecimal(digits[..BodyLength]) ? Luhn.Decimal : Luhn.Hexadecimal;
            var isDigit = radix == Luhn.Hexadecimal || Digits.IsDecimal(digits[BodyLength]);
            result = isDigit && Luhn.IsValid(digits[..count], radix) ? Soundness.Sound : Soundness.Broken;
        }

        CryptographicOperations.ZeroMemory(digits);
        return result;
    }

    /// <summary>Judges the regional code, the first two digits of a MEID.</summary>
    /// <param name="meid">The normal form.</param>
    public static Soundness RegionalCode(ReadOnlySpan<byte> meid) =>
        Digits.AreDecimal(meid) || !Digits.IsDecimal(meid[0]) ? Soundness.Sound : Soundness.Broken;

    private static int CopyDigits(ReadOnlySpan<byte> utf8, int maxLength, bool hexadecimal, Span<byte> destination)
    {
        var text = Blanks.Trim(utf8);
        return text.Length > maxLength ? -1 : Digits.CopySeparated(text, hexadecimal, destination);
    }
}
