using System.Globalization;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Dashboard.Entities;
using KekeStar.Antifraud.Scoring;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>
/// What somebody looks for on the page of decisions. It stands in the page's address, so that a search can be kept and passed on; what is null
/// does not matter. An address holds pseudonyms and never an identifier.
/// </summary>
internal sealed record DecisionSearch
{
    private const int LongestPart = 160;

    /// <summary>The time.</summary>
    public TimeRange Range { get; init; } = new(TimeRange.Day);

    /// <summary>The scene, a word of the archive.</summary>
    public string? Scene { get; init; }

    /// <summary>The verdict, a word of the archive.</summary>
    public string? Verdict { get; init; }

    /// <summary>A label.</summary>
    public string? Label { get; init; }

    /// <summary>A rule that fired.</summary>
    public string? Rule { get; init; }

    /// <summary>The lowest score, 0 … 1000.</summary>
    public int? MinScore { get; init; }

    /// <summary>True: only what rests on less than it should.</summary>
    public bool IsDegraded { get; init; }

    /// <summary>Entities that it has; all of them.</summary>
    public IReadOnlyList<EntityFilter> Entities { get; init; } = [];

    /// <summary>An identifier that the event brought, under each key epoch; empty: any.</summary>
    public IReadOnlyList<long> Identifiers { get; init; } = [];

    /// <summary>The decision, under each key epoch; empty: any.</summary>
    public IReadOnlyList<long> Decisions { get; init; } = [];

    /// <summary>Reads an address; parts that are none are left out.</summary>
    public static DecisionSearch Read(string address)
    {
        var parts = QueryHelpers.ParseQuery(QueryOf(address));
        return new DecisionSearch
        {
            Range = TimeRange.Read(One(parts, "range"), One(parts, "from"), One(parts, "to")),
            Scene = DecisionWords.Scenes.FirstOrDefault(scene => scene == One(parts, "scene")),
            Verdict = DecisionWords.Verdicts.FirstOrDefault(verdict => verdict == One(parts, "verdict")),
            Label = One(parts, "label"),
            Rule = One(parts, "rule"),
            MinScore = int.TryParse(One(parts, "score"), NumberStyles.None, CultureInfo.InvariantCulture, out var score) && score <= PolicyLimits.MaxScore ? score : null,
            IsDegraded = One(parts, "degraded") == "true",
            Entities =
            [
                .. ArchiveEntities.All
                    .Select(entity => (Entity: entity, IsThere: PseudonymText.TryRead(One(parts, ArchiveEntities.Column(entity)), out var ids), Ids: ids))
                    .Where(static found => found.IsThere)
                    .Select(static found => new EntityFilter(found.Entity, found.Ids)),
            ],
            Identifiers = PseudonymText.TryRead(One(parts, "identifier"), out var identifiers) ? identifiers : [],
            Decisions = PseudonymText.TryRead(One(parts, "decision"), out var decisions) ? decisions : [],
        };
    }

    /// <summary>The page's address with this search.</summary>
    /// <param name="more">Further parts, such as the place in the result.</param>
    public string Address(params IEnumerable<KeyValuePair<string, string>> more)
    {
        var parts = new List<KeyValuePair<string, string>>(Range.Parts());
        Add(parts, "scene", Scene);
        Add(parts, "verdict", Verdict);
        Add(parts, "label", Label);
        Add(parts, "rule", Rule);
        Add(parts, "score", MinScore?.ToString(CultureInfo.InvariantCulture));
        Add(parts, "degraded", IsDegraded ? "true" : null);
        foreach (var entity in Entities)
        {
            Add(parts, ArchiveEntities.Column(entity.Entity), PseudonymText.Join(entity.Ids));
        }

        Add(parts, "identifier", Identifiers.Count > 0 ? PseudonymText.Join(Identifiers) : null);
        Add(parts, "decision", Decisions.Count > 0 ? PseudonymText.Join(Decisions) : null);
        parts.AddRange(more);
        return QueryHelpers.AddQueryString("/decisions", parts.Select(static part => KeyValuePair.Create(part.Key, (string?)part.Value)));
    }

    /// <summary>The question to the archive.</summary>
    /// <param name="now">Now.</param>
    public DecisionFilter ToFilter(DateTimeOffset now)
    {
        var (from, to) = Range.At(now);
        return new DecisionFilter
        {
            From = from,
            To = to,
            Scene = Scene,
            Verdict = Verdict,
            Label = Label,
            Rule = Rule,
            MinScore = MinScore,
            Degraded = IsDegraded ? true : null,
            Entities = Entities,
            Identifiers = Identifiers,
            Decisions = Decisions,
        };
    }

    /// <summary>True if a decision that is not in a file yet is one of those looked for. An identifier is found in files alone.</summary>
    public bool Takes(DecisionRow row) =>
        (Scene is null || Scene == row.Scene)
        && (Verdict is null || Verdict == row.Verdict)
        && (Label is null || row.Labels.Contains(Label, StringComparer.Ordinal))
        && (Rule is null || row.Rules.Contains(Rule, StringComparer.Ordinal) || row.ShadowRules.Contains(Rule, StringComparer.Ordinal))
        && (MinScore is null || row.Score >= MinScore)
        && (!IsDegraded || row.IsDegraded)
        && Entities.All(entity => entity.Ids.Any(id => id == IdOf(row, entity.Entity)))
        && Identifiers.Count == 0
        && (Decisions.Count == 0 || Decisions.Contains(row.Decision));

    /// <summary>One of a decision's entities; null: absent.</summary>
    public static long? IdOf(DecisionRow row, ArchiveEntity entity) => entity switch
    {
        ArchiveEntity.Account => row.Account,
        ArchiveEntity.Device => row.Device,
        ArchiveEntity.Ip => row.Ip,
        ArchiveEntity.IpPrefix => row.IpPrefix,
        ArchiveEntity.Bssid => row.Bssid,
        ArchiveEntity.Cohort => row.Cohort,
        _ => null,
    };

    private static string QueryOf(string address) => address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start ? address[start..] : "";

    private static string? One(Dictionary<string, StringValues> parts, string name) =>
        parts.TryGetValue(name, out var values) && values is [{ Length: > 0 and <= LongestPart } value] ? value : null;

    private static void Add(List<KeyValuePair<string, string>> parts, string name, string? value)
    {
        if (value is not null)
        {
            parts.Add(new(name, value));
        }
    }
}
