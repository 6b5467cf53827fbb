namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>ASCII blanks around a value: space, tab, line feed, vertical tab, form feed, carriage return.</summary>
internal static class Blanks
{
    /// <summary>Cuts the blanks off both ends.</summary>
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsBlank(byte value) => value == (byte)' ' || (uint)(value - '\t') <= '\r' - '\t';
}
