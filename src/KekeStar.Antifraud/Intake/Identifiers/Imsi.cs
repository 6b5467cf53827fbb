namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// IMSI, ITU-T E.212: mobile country code (3 digits), mobile network code (2 or 3), subscriber number; 14 or 15 digits
/// in all. Normal form: the digits.
/// </summary>
internal static class Imsi
{
    /// <summary>Fewest digits.</summary>
    internal const int MinLength = 14;

    /// <summary>Most digits.</summary>
    internal const int MaxLength = 15;

    private const int CountryCodeLength = 3;

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxLength)
        {
            return NormaliseStatus.TooLong;
        }

        if (text.Length < MinLength || !Digits.AreDecimal(text))
        {
            return NormaliseStatus.Malformed;
        }

        // Before the country code: "000000000000000" is junk rather than a network that does not exist.
        if (NullValues.Judge(EntityKind.Imsi, text) is var shared and not NormaliseStatus.Ok)
        {
            return shared;
        }

        var status = JudgeCountryCode(text[..CountryCodeLength]);
        if (status == NormaliseStatus.Ok)
        {
            text.CopyTo(destination);
            written = text.Length;
        }

        return status;
    }

    // E.212: 2 to 7 are the geographic zones; 90x are shared networks (satellite, machines); 991 is for trials. 001 is
    // for test networks and 999 for private ones: anybody may use their numbers, so they identify nobody.
    private static NormaliseStatus JudgeCountryCode(ReadOnlySpan<byte> code)
    {
        if (code.SequenceEqual("001"u8) || code.SequenceEqual("999"u8))
        {
            return NormaliseStatus.NullValue;
        }

        var isAssigned = (code[0] >= (byte)'2' && code[0] <= (byte)'7')
            || code.StartsWith("90"u8)
            || code.SequenceEqual("991"u8);
        return isAssigned ? NormaliseStatus.Ok : NormaliseStatus.Malformed;
    }
}
