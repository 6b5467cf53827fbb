namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>Decisions with one entity.</summary>
/// <param name="Entity">What it is.</param>
/// <param name="Ids">
/// First 64 bits of its pseudonym: one for each key epoch that there is, up to <see cref="ArchiveLimits.MaxEntityIds"/>.
/// </param>
internal sealed record EntityFilter(ArchiveEntity Entity, IReadOnlyList<long> Ids);
