using System.Globalization;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Archiving;
using Microsoft.AspNetCore.WebUtilities;

namespace KekeStar.Antifraud.Dashboard.Gangs;

/// <summary>Among which decisions gangs are looked for.</summary>
/// <param name="Range">The time.</param>
/// <param name="MinScore">The lowest score: among all decisions a café is a gang too.</param>
internal sealed record GangSearch(TimeRange Range, int MinScore = GangSearch.Suspicious)
{
    /// <summary>Score from which on most scenes of the policy that ships review an event: 250.</summary>
    public const int Suspicious = 250;

    /// <summary>The scores that can be chosen.</summary>
    public static IReadOnlyList<int> Scores { get; } = [0, 100, Suspicious, 400, 600, 800];

    /// <summary>Reads the parts of an address.</summary>
    public static GangSearch Read(string? range, string? from, string? to, int? score) =>
        new(TimeRange.Read(range, from, to), score is { } known && Scores.Contains(known) ? known : Suspicious);

    /// <summary>An address with this search.</summary>
    /// <param name="page">The page.</param>
    public string Address(string page) => QueryHelpers.AddQueryString(
        page,
        Range.Parts()
            .Append(new("score", MinScore.ToString(CultureInfo.InvariantCulture)))
            .Select(static part => KeyValuePair.Create(part.Key, (string?)part.Value)));

    /// <summary>The question to the archive.</summary>
    /// <param name="now">Now.</param>
    public DecisionFilter ToFilter(DateTimeOffset now)
    {
        var (from, to) = Range.At(now);
        return new DecisionFilter { From = from, To = to, MinScore = MinScore == 0 ? null : MinScore };
    }
}
