using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>The form in which names of brands and models are compared: no blanks at either end, ASCII letters in lower case.</summary>
internal static class LowerCaseText
{
    /// <summary>Longest text, in bytes: what the contract allows for model and brand.</summary>
    internal const int MaxLength = 64;

    /// <summary>Brings a text to the form.</summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written; 0: the text is blank or too long.</returns>
    internal static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var trimmed = Blanks.Trim(text);
        if (trimmed.Length > MaxLength)
        {
            return 0;
        }

        // Not Ascii.ToLower: it stops at the first byte that is not ASCII, and Chinese names have such bytes.
        for (var index = 0; index < trimmed.Length; index++)
        {
            var letter = trimmed[index];
            destination[index] = letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;
        }

        return trimmed.Length;
    }
}
