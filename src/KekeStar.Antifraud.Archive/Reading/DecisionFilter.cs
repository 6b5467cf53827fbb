namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>Which decisions are looked for; what is null does not matter.</summary>
internal sealed record DecisionFilter
{
    /// <summary>The first moment.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The moment behind the last.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The scene, such as <c>login</c>.</summary>
    public string? Scene { get; init; }

    /// <summary>The verdict, such as <c>reject</c>.</summary>
    public string? Verdict { get; init; }

    /// <summary>A label on the event.</summary>
    public string? Label { get; init; }

    /// <summary>A rule that fired, or a shadow rule that did.</summary>
    public string? Rule { get; init; }

    /// <summary>The list that an entity stood on.</summary>
    public string? List { get; init; }

    /// <summary>The entities that it had; all of them.</summary>
    public IReadOnlyList<EntityFilter> Entities { get; init; } = [];

    /// <summary>The decision, under each key epoch that there is; any of them.</summary>
    public IReadOnlyList<long> Decisions { get; init; } = [];

    /// <summary>
    /// An identifier that the event brought, of whatever kind, under each key epoch that there is; any of them. Costs more than the entities
    /// with a column: it is looked for in <c>entities</c>, and not found once those were emptied.
    /// </summary>
    public IReadOnlyList<long> Identifiers { get; init; } = [];

    /// <summary>The lowest score.</summary>
    public int? MinScore { get; init; }

    /// <summary>The highest score.</summary>
    public int? MaxScore { get; init; }

    /// <summary>True: those alone that rest on less than they should; false: those alone that do not.</summary>
    public bool? Degraded { get; init; }
}
