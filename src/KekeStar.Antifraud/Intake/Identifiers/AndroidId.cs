namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// Android's Settings.Secure.ANDROID_ID: a 64-bit number as hexadecimal text. Leading zeros are not always printed
/// (AOSP SettingsProvider uses Long.toHexString), so the normal form is padded: 16 lower-case digits.
/// </summary>
internal static class AndroidId
{
    /// <summary>The normal form, and the longest text.</summary>
    internal const int Length = 16;

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > Length)
        {
            return NormaliseStatus.TooLong;
        }

        var padding = Length - text.Length;
        destination[..padding].Fill((byte)'0');
        if (text.IsEmpty || !Digits.TryCopyHexLower(text, destination[padding..]))
        {
            return NormaliseStatus.Malformed;
        }

        written = Length;
        return NormaliseStatus.Ok;
    }
}
