using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Intake;

/// <summary>Mobile country and network codes, ITU-T E.212.</summary>
internal static class NetworkCode
{
    /// <summary>Digits of a country code, and most digits of a network code.</summary>
    public const int MaxLength = 3;

    /// <summary>Fewest digits of a network code.</summary>
    public const int MinNetworkLength = 2;

    /// <summary>Reads a code.</summary>
    /// <param name="utf8">The text as it came; ASCII blanks at either end are ignored.</param>
    /// <param name="minLength">Fewest digits.</param>
    /// <param name="code">Its digits, where they lie; empty unless the status is Ok.</param>
    public static NormaliseStatus Read(ReadOnlySpan<byte> utf8, int minLength, out ReadOnlySpan<byte> code)
    {
        var text = Blanks.Trim(utf8);
        var status = NullValues.IsPlaceholder(text) ? NormaliseStatus.NullValue
            : text.Length > MaxLength ? NormaliseStatus.TooLong
            : text.Length < minLength || !Digits.AreDecimal(text) ? NormaliseStatus.Malformed
            : NormaliseStatus.Ok;
        code = status == NormaliseStatus.Ok ? text : default;
        return status;
    }
}
