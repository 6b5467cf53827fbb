namespace KekeStar.Antifraud.Intake.References;

/// <summary>Reads codes of decimal digits as numbers.</summary>
internal static class DecimalText
{
    private const int MaxDigits = 9;

    /// <summary>Reads a code.</summary>
    /// <param name="digits">1 to 9 decimal digits.</param>
    /// <param name="number">The number; leading zeros do not show in it.</param>
    /// <returns>False for anything else.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> digits, out uint number)
    {
        number = 0;
        if (digits.Length is 0 or > MaxDigits)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
