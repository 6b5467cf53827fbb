using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>The major version in a text such as "14", "17.5.1" or "Android 14".</summary>
internal static class OsVersion
{
    // Android 17 and iOS 27 are the newest of 2026. Android's API levels, which some apps send instead, begin at 21 for
    // systems that still run anything (Android 5, 2014).
    private const int MaxDigits = 2;

    /// <summary>Reads the first number of the text.</summary>
    /// <returns>1 to 99; 0 if there is none.</returns>
    public static int Major(ReadOnlySpan<byte> utf8)
    {
        var start = utf8.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
        {
            return 0;
        }

        var major = 0;
        var digits = 0;
        for (var i = start; i < utf8.Length && Digits.IsDecimal(utf8[i]); i++)
        {
            if (++digits > MaxDigits)
            {
                return 0;
            }

            major = (major * 10) + utf8[i] - '0';
        }

        return major;
    }
}
