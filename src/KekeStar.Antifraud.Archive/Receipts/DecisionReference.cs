using System.Globalization;
using System.Text.RegularExpressions;

namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>
/// A decision as people name it: 16 hexadecimal digits as the dashboard and the topic write it, the address of its page on the dashboard, or the signed number
/// of the archive's column.
/// </summary>
/// <param name="Decision">First 64 bits of the pseudonym of the event's id.</param>
/// <param name="Time">When it was decided, to the millisecond; null: it was not told.</param>
internal sealed partial record DecisionReference(long Decision, DateTimeOffset? Time)
{
    private const int TimeoutMilliseconds = 1_000;

    /// <summary>What is taken, for messages.</summary>
    public const string Forms =
        "16 hexadecimal digits as the dashboard shows them (4f2a…), the address of its page (…/decisions/4f2a…?at=…), or the number in the archive's column decision";

    /// <summary>Reads one.</summary>
    /// <returns>The decision; null: it is none of <see cref="Forms"/>.</returns>
    public static DecisionReference? Parse(string text)
    {
        var match = Written().Match(text);
        if (match.Success)
        {
            var decision = long.Parse(match.Groups["id"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            return match.Groups["at"].Success
                ? new DecisionReference(decision, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture)))
                : new DecisionReference(decision, Time: null);
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new DecisionReference(number, Time: null) : null;
    }

    /// <summary>A decision as the dashboard writes it.</summary>
    public static string TextOf(long decision) => decision.ToString("x16", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => TextOf(Decision);

    // Digits of a time as many as Unix milliseconds have for the next two centuries.
    [GeneratedRegex("^(?:.*/decisions/)?(?<id>[0-9a-fA-F]{16})(?:\\?at=(?<at>[0-9]{1,13}))?$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Written();
}
