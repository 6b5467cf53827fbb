namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>Writes numbers as ASCII text of a given length, so that patching a request never changes its size.</summary>
internal static class FixedText
{
    /// <summary>Fills the span with the lowest decimal digits of a number.</summary>
    public static void Decimal(Span<byte> target, ulong value)
    {
        for (int i = target.Length - 1; i >= 0; i--)
        {
            (value, ulong digit) = Math.DivRem(value, 10);
            target[i] = (byte)('0' + digit);
        }
    }

    /// <summary>Fills the span with the lowest hexadecimal digits of a number, lower case.</summary>
    public static void Hex(Span<byte> target, ulong value)
    {
        for (int i = target.Length - 1; i >= 0; i--)
        {
            target[i] = "0123456789abcdef"u8[(int)(value & 0xf)];
            value >>= 4;
        }
    }

    /// <summary>Writes the check digit of ISO/IEC 7812-1 annex B (Luhn) behind decimal digits: the last byte of the span.</summary>
    public static void LuhnDigit(Span<byte> target)
    {
        int sum = 0;
        for (int i = target.Length - 2, doubled = 1; i >= 0; i--, doubled ^= 1)
        {
            int digit = (target[i] - '0') << doubled;
            sum += digit > 9 ? digit - 9 : digit;
        }

        target[^1] = (byte)('0' + ((10 - (sum % 10)) % 10));
    }
}
