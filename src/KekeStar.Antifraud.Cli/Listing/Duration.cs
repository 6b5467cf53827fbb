using System.Globalization;

namespace KekeStar.Antifraud.Cli.Listing;

/// <summary>Durations as people type them: 30m, 12h, 7d.</summary>
internal static class Duration
{
    /// <summary>Longest life of a list entry: 90 days, the contract's bound.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>Reads a duration of more than 0 and at most <see cref="Longest"/>.</summary>
    /// <returns>The duration, or null if the text is none.</returns>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        // Six digits are more than any unit needs and keep the product inside TimeSpan.
        TimeSpan? duration = (number <= 999_999 ? text[^1] : ' ') switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
        return duration > TimeSpan.Zero && duration <= Longest ? duration : null;
    }
}
