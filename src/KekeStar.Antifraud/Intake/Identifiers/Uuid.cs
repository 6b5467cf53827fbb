namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// UUID, RFC 9562 clause 4: 8-4-4-4-12 hexadecimal digits, with or without the hyphens, with or without braces.
/// Normal form: 32 lower-case digits. Version and variant are not checked: vendors' values often carry none.
/// </summary>
internal static class Uuid
{
    /// <summary>The normal form.</summary>
    internal const int Length = 32;

    /// <summary>Longest text: with hyphens and braces.</summary>
    internal const int MaxTextLength = HyphenatedLength + 2;

    private const int HyphenatedLength = 36;

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxTextLength)
        {
            return NormaliseStatus.TooLong;
        }

        if (text.Length >= 2 && text[0] == (byte)'{' && text[^1] == (byte)'}')
        {
            text = text[1..^1];
        }

        var read = text.Length switch
        {
            Length => Digits.TryCopyHexLower(text, destination),
            HyphenatedLength => TryCopyHyphenated(text, destination),
            _ => false,
        };
        if (!read)
        {
            return NormaliseStatus.Malformed;
        }

        written = Length;
        return NormaliseStatus.Ok;
    }

    private static bool TryCopyHyphenated(ReadOnlySpan<byte> text, Span<byte> destination) =>
        text[8] == (byte)'-' && text[13] == (byte)'-' && text[18] == (byte)'-' && text[23] == (byte)'-'
        && Digits.TryCopyHexLower(text[..8], destination)
        && Digits.TryCopyHexLower(text[9..13], destination[8..])
        && Digits.TryCopyHexLower(text[14..18], destination[12..])
        && Digits.TryCopyHexLower(text[19..23], destination[16..])
        && Digits.TryCopyHexLower(text[24..], destination[20..]);
}
