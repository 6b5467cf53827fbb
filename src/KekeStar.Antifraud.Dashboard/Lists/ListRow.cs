using System.Globalization;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Lists;

/// <summary>One entry as the page shows it.</summary>
/// <param name="Entry">The entry.</param>
internal sealed record ListRow(ListEntry Entry)
{
    // As short as the risk team can still tell entries apart by; the service itself shows no more.
    private const int ShownDigits = 8;

    /// <summary>Name of the kind of entity.</summary>
    public string Kind { get; } = ListKinds.NameOf(Entry.Kind);

    /// <summary>The pseudonym, shortened.</summary>
    public string Pseudonym { get; } = Entry.Pseudonym.High.ToString("x16", CultureInfo.InvariantCulture)[..ShownDigits];

    /// <summary>The list.</summary>
    public ListKind List => Entry.List;

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeMilliseconds(Entry.ExpiresMilliseconds);
}
