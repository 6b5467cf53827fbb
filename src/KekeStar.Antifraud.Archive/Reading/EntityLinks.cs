namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>What one entity was seen with.</summary>
/// <param name="Links">The busiest of each kind, at most <see cref="ArchiveLimits.MaxLinks"/>; of one kind the one with the most decisions first.</param>
internal sealed record EntityLinks(IReadOnlyList<EntityLink> Links);

/// <summary>An entity that another was seen with.</summary>
/// <param name="Entity">What it is.</param>
/// <param name="Id">First 64 bits of its pseudonym.</param>
/// <param name="Decisions">Decisions about both together.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last.</param>
/// <param name="MaxScore">The highest score.</param>
internal sealed record EntityLink(ArchiveEntity Entity, long Id, long Decisions, DateTimeOffset First, DateTimeOffset Last, int MaxScore);
