namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>What a command found, ready to be written as JSON, Markdown and plots.</summary>
internal sealed record Report
{
    /// <summary>Gets the name of its files without ending: letters and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its heading.</summary>
    public required string Title { get; init; }

    /// <summary>Gets when it was measured, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets where and how it was measured, one sentence each: machine, system, versions, load.</summary>
    public required IReadOnlyList<ReportFact> Facts { get; init; }

    /// <summary>Gets its parts in the order in which they are read.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }
}

/// <summary>One circumstance of a measurement.</summary>
/// <param name="Name">What: "processor".</param>
/// <param name="Value">Which.</param>
internal sealed record ReportFact(string Name, string Value);
