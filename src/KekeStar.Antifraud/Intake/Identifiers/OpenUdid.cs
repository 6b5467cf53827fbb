namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>OpenUDID: 40 hexadecimal digits (the length of a SHA-1). Normal form: the same in lower case.</summary>
internal static class OpenUdid
{
    /// <summary>The only accepted length.</summary>
    internal const int Length = 40;

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > Length)
        {
            return NormaliseStatus.TooLong;
        }

        if (text.Length != Length || !Digits.TryCopyHexLower(text, destination))
        {
            return NormaliseStatus.Malformed;
        }

        written = Length;
        return NormaliseStatus.Ok;
    }
}
