using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Intake;

/// <summary>Mobile country and network codes, ITU-T E.212. Only their form is checked until a feature needs them: the least that is enough.</summary>
internal static class NetworkCode
{
    /// <summary>Digits of a country code, and most digits of a network code.</summary>
    public const int MaxLength = 3;

    /// <summary>Fewest digits of a network code.</summary>
    public const int MinNetworkLength = 2;

    /// <summary>Checks a code.</summary>
    /// <param name="utf8">The text as it came; ASCII blanks at either end are ignored.</param>
    /// <param name="minLength">Fewest digits.</param>
    public static NormaliseStatus Check(ReadOnlySpan<byte> utf8, int minLength)
    {
        var text = Blanks.Trim(utf8);
        return NullValues.IsPlaceholder(text) ? NormaliseStatus.NullValue
            : text.Length > MaxLength ? NormaliseStatus.TooLong
            : text.Length < minLength || text.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? NormaliseStatus.Malformed
            : NormaliseStatus.Ok;
    }
}
