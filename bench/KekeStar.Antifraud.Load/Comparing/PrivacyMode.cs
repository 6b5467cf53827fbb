namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>How the service runs and how identifiers are sent to it.</summary>
/// <param name="Name">Name in the report.</param>
/// <param name="Zeroing">Whether Kestrel's memory is cleared when it is given back, as the service does.</param>
/// <param name="Sealed">Whether the identifiers are sealed.</param>
internal sealed record PrivacyMode(string Name, bool Zeroing, bool Sealed)
{
    /// <summary>Gets what the others are compared with: the service with Kestrel's own memory pool.</summary>
    public static PrivacyMode Unprotected { get; } = new("Kestrel's pool, unsealed", Zeroing: false, Sealed: false);

    /// <summary>Gets all modes, the baseline first.</summary>
    public static IReadOnlyList<PrivacyMode> All { get; } =
    [
        Unprotected,
        new("as shipped, unsealed", Zeroing: true, Sealed: false),
        new("as shipped, sealed", Zeroing: true, Sealed: true),
    ];

    /// <summary>Gives the modes in the order of a round: all six orders in turn, so that none gains from its place.</summary>
    public static IEnumerable<PrivacyMode> InOrderOf(int round)
    {
        IEnumerable<PrivacyMode> rotated = All.Skip(round % All.Count).Concat(All.Take(round % All.Count));
        return round / All.Count % 2 == 0 ? rotated : rotated.Reverse();
    }
}
