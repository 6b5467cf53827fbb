using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.DryRuns;

/// <summary>What a dry run has found until now.</summary>
internal sealed record DryRunReport
{
    /// <summary>How it stands.</summary>
    public required DryRunState State { get; init; }

    /// <summary>Decisions that were decided anew.</summary>
    public required int Decisions { get; init; }

    /// <summary>Decisions that were left out because their features were erased.</summary>
    public required int WithoutFeatures { get; init; }

    /// <summary>Of <see cref="Decisions"/>, those that were made under another policy than the one in force now.</summary>
    public required int UnderOtherPolicies { get; init; }

    /// <summary>Time of the oldest decision that was looked at; null: of none.</summary>
    public required DateTimeOffset? Oldest { get; init; }

    /// <summary>How often a verdict became another, or stayed; only what happened.</summary>
    public required IReadOnlyList<VerdictChange> Changes { get; init; }

    /// <summary>Hits of each rule, the largest difference first.</summary>
    public required IReadOnlyList<RuleChange> Rules { get; init; }

    /// <summary>Decisions whose verdict changes, newest first; at most <see cref="ArchiveLimits.DryRunExamples"/> for each pair of verdicts.</summary>
    public required IReadOnlyList<ChangedDecision> Examples { get; init; }

    /// <summary>Decisions whose verdict changes.</summary>
    public int Changed => Changes.Where(static change => change.Then != change.Now).Sum(static change => change.Count);
}

/// <summary>How a dry run stands.</summary>
internal enum DryRunState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Somebody ended it.</summary>
    Cancelled,

    /// <summary>The archive did not answer.</summary>
    Failed,
}

/// <summary>Decisions of one scene whose verdict was one and would be another, or the same.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Then">The verdict that was given.</param>
/// <param name="Now">The verdict that the draft gives.</param>
/// <param name="Count">How many.</param>
internal sealed record VerdictChange(Scene Scene, Verdict Then, Verdict Now, int Count);

/// <summary>Hits of a rule.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Then">How often it fired then.</param>
/// <param name="Now">How often it fires under the draft.</param>
/// <param name="ShadowThen">How often it fired then as a shadow rule.</param>
/// <param name="ShadowNow">How often it fires under the draft as a shadow rule.</param>
internal sealed record RuleChange(string Rule, int Then, int Now, int ShadowThen, int ShadowNow);

/// <summary>A decision whose verdict changes.</summary>
/// <param name="Decision">First 64 bits of the pseudonym of its event's id.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Scene">Its scene.</param>
/// <param name="Then">The verdict that was given.</param>
/// <param name="Now">The verdict that the draft gives.</param>
/// <param name="ScoreThen">The score then.</param>
/// <param name="ScoreNow">The score under the draft.</param>
internal sealed record ChangedDecision(long Decision, DateTimeOffset Time, Scene Scene, Verdict Then, Verdict Now, int ScoreThen, int ScoreNow);
