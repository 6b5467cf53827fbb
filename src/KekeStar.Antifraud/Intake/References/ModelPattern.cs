namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// A form of model names: '#' stands for one digit, '@' for one letter a to z, '*' for any bytes or none; everything else,
/// lower case, for itself.
/// </summary>
internal static class ModelPattern
{
    private const byte Digit = (byte)'#';
    private const byte Letter = (byte)'@';

    /// <summary>What stands for any bytes or none.</summary>
    internal const byte Any = (byte)'*';

    /// <summary>Tells whether a name is of a form.</summary>
    /// <param name="pattern">The form.</param>
    /// <param name="name">The name in lower case.</param>
    internal static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
    {
        // Goes back to the latest '*' only, which is enough: an earlier one could not take more than it has to.
        var (at, index, starAt, starIndex) = (0, 0, -1, 0);
        while (index < name.Length)
        {
            if (at < pattern.Length && pattern[at] == Any)
            {
                (starAt, starIndex) = (at++, index);
            }
            else if (at < pattern.Length && MatchesOne(pattern[at], name[index]))
            {
                at++;
                index++;
            }
            else if (starAt >= 0)
            {
                at = starAt + 1;
                index = ++starIndex;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == Any)
        {
            at++;
        }

        return at == pattern.Length;
    }

    /// <summary>Tells whether a name that begins with a byte may be of a form.</summary>
    /// <param name="pattern">The form, not empty.</param>
    /// <param name="first">The byte.</param>
    internal static bool MayBegin(ReadOnlySpan<byte> pattern, byte first) => pattern[0] == Any || MatchesOne(pattern[0], first);

    /// <summary>True for a byte of a form that stands for itself.</summary>
    internal static bool IsLiteral(byte expected) => expected is not (Digit or Letter or Any);

    private static bool MatchesOne(byte expected, byte seen) => expected switch
    {
        Digit => seen is >= (byte)'0' and <= (byte)'9',
        Letter => seen is >= (byte)'a' and <= (byte)'z',
        _ => expected == seen,
    };
}
