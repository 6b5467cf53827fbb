using System.Buffers;

namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// Hardware serial number, any vendor's: 4 to 64 characters [A-Za-z0-9._-]. Normal form: upper case, since the same
/// device reports either case over different interfaces.
/// </summary>
internal static class Serial
{
    /// <summary>Fewest characters; shorter ones are not unique within one vendor.</summary>
    internal const int MinLength = 4;

    /// <summary>Most characters.</summary>
    internal const int MaxLength = 64;

    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written) =>
        Normalise(text, Alphabet, MaxLength, destination, out written);

    /// <summary>Normalises a trimmed text of another alphabet and limit.</summary>
    internal static NormaliseStatus Normalise(
        ReadOnlySpan<byte> text,
        SearchValues<byte> alphabet,
        int maxLength,
        Span<byte> destination,
        out int written)
    {
        written = 0;
        if (text.Length > maxLength)
        {
            return NormaliseStatus.TooLong;
        }

        if (text.Length < MinLength || text.ContainsAnyExcept(alphabet))
        {
            return NormaliseStatus.Malformed;
        }

        for (var i = 0; i < text.Length; i++)
        {
            destination[i] = Digits.ToUpper(text[i]);
        }

        written = text.Length;
        return NormaliseStatus.Ok;
    }
}
