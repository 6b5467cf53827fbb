using System.Globalization;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>How key files and the command line write a time: RFC 3339 in UTC, to the second.</summary>
internal static class KeyTime
{
    /// <summary>An example for messages.</summary>
    public const string Example = "2026-11-25T10:00:00Z";

    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes a time.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Reads a time.</summary>
    /// <returns>False if it is of another form, or in the last year that there is: a schedule adds to it.</returns>
    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
        && time.Year < DateTimeOffset.MaxValue.Year;
}
