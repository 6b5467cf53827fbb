namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// OAID of the Mobile Security Alliance. Vendors differ: Huawei and Honor give a UUID, Xiaomi 16
/// hexadecimal digits, OPPO and vivo up to 64. Normal form: the digits in lower case, a UUID without its hyphens.
/// </summary>
internal static class Oaid
{
    /// <summary>Fewest hexadecimal digits.</summary>
    internal const int MinLength = 16;

    /// <summary>Most hexadecimal digits, and the longest text.</summary>
    internal const int MaxLength = 64;

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxLength)
        {
            return NormaliseStatus.TooLong;
        }

        if (text.Length >= MinLength && Digits.TryCopyHexLower(text, destination))
        {
            written = text.Length;
            return NormaliseStatus.Ok;
        }

        // Too long for a UUID and no plain digits either: malformed as an OAID, which may be this long.
        var status = Uuid.Normalise(text, destination, out written);
        return status == NormaliseStatus.TooLong ? NormaliseStatus.Malformed : status;
    }
}
