namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// The Luhn check digit (ISO/IEC 7812-1 annex B; 3GPP TS 23.003 annex B for IMEI; 3GPP2 S.R0048-A for the hexadecimal
/// one of MEID).
/// </summary>
internal static class Luhn
{
    /// <summary>Radix of IMEI and ICCID.</summary>
    internal const int Decimal = 10;

    /// <summary>Radix of a MEID that holds a letter.</summary>
    internal const int Hexadecimal = 16;

    /// <summary>True if the last digit is the check digit of the ones before it.</summary>
    /// <param name="digits">ASCII digits of the radix.</param>
    /// <param name="radix">10 or 16.</param>
    internal static bool IsValid(ReadOnlySpan<byte> digits, int radix)
    {
        var sum = 0;
        var doubled = false;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var value = Digits.HexValue(digits[i]);
            if (doubled)
            {
                value *= 2;
                value = (value / radix) + (value % radix);
            }

            sum += value;
            doubled = !doubled;
        }

        return sum % radix == 0;
    }
}
