using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>What a backtest found.</summary>
internal sealed record BacktestReport
{
    /// <summary>The first moment of the range.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The moment behind the last.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Where the warm-up began.</summary>
    public required DateTimeOffset WarmUpFrom { get; init; }

    /// <summary>The archive's first hour: what windows held before it is not known.</summary>
    public required DateTimeOffset ArchiveFrom { get; init; }

    /// <summary>The policy that was tried, version and first digits of its hash; null: each decision's own.</summary>
    public required string? Tried { get; init; }

    /// <summary>How many rows were read.</summary>
    public required BacktestRows Rows { get; init; }

    /// <summary>How the windows' features that were counted anew stand to the recorded ones.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>How often a verdict became another, or stayed: then, now and how many; only what happened.</summary>
    public required IReadOnlyList<VerdictFlip> Flips { get; init; }

    /// <summary>Decisions whose verdict changes, the first of each pair of verdicts.</summary>
    public required IReadOnlyList<FlippedDecision> Examples { get; init; }

    /// <summary>All decisions, then each scene, then each segment of the labels.</summary>
    public required IReadOnlyList<SegmentReport> Segments { get; init; }

    /// <summary>The rules, the largest difference first.</summary>
    public required IReadOnlyList<RuleReport> Rules { get; init; }

    /// <summary>Scores in twenty bins of 50 points then and now; the last holds 950 … 1000.</summary>
    public required IReadOnlyList<ScoreBin> Scores { get; init; }

    /// <summary>Decisions of the range whose truth is known.</summary>
    public required long Labelled { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What kept it from being exact, or could have; English.</summary>
    public required IReadOnlyList<BacktestNote> Notes { get; init; }

    /// <summary>Decisions whose verdict changes.</summary>
    public long Changed => Flips.Where(static flip => flip.Then != flip.Now).Sum(static flip => flip.Count);
}

/// <summary>How many rows a backtest read.</summary>
/// <param name="WarmUp">Decisions in front of the range.</param>
/// <param name="Decisions">Decisions of the range, of each of the next three kinds together.</param>
/// <param name="Rebuilt">Decisions whose windows were counted anew.</param>
/// <param name="AsRecorded">Decisions without a full answer of the store, taken as recorded.</param>
/// <param name="Erased">Decisions whose features were erased.</param>
/// <param name="UnknownPolicy">Decisions under policies that are not at hand.</param>
/// <param name="Outcomes">Reported outcomes, those of the warm-up included.</param>
/// <param name="EmptiedOutcomes">Outcomes that lost the windows that they were written to.</param>
internal sealed record BacktestRows(
    long WarmUp, long Decisions, long Rebuilt, long AsRecorded, long Erased, long UnknownPolicy, long Outcomes, long EmptiedOutcomes);

/// <summary>Bins of scores.</summary>
/// <param name="From">The lowest score of the bin.</param>
/// <param name="Then">Decisions with such a score then.</param>
/// <param name="Now">The same under the policy that is tried.</param>
internal sealed record ScoreBin(int From, long Then, long Now);

/// <summary>Verdicts then and now.</summary>
/// <param name="Then">The verdict that was given.</param>
/// <param name="Now">The verdict that the policy gives.</param>
/// <param name="Count">How many.</param>
internal sealed record VerdictFlip(Verdict Then, Verdict Now, long Count);

/// <summary>A decision whose verdict changes.</summary>
/// <param name="Decision">First 64 bits of the pseudonym of its event's id.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Scene">Its scene.</param>
/// <param name="Then">The verdict that was given.</param>
/// <param name="Now">The verdict that the policy gives.</param>
/// <param name="ScoreThen">The score then.</param>
/// <param name="ScoreNow">The score under the policy.</param>
internal sealed record FlippedDecision(long Decision, DateTimeOffset Time, string Scene, Verdict Then, Verdict Now, int ScoreThen, int ScoreNow);

/// <summary>One thing that kept a backtest from being exact, or could have.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Count">How many rows, or 0.</param>
internal sealed record BacktestNote(BacktestNoteKind Kind, long Count);

/// <summary>What can keep a backtest from being exact.</summary>
internal enum BacktestNoteKind
{
    /// <summary>The archive begins within the warm-up: windows were perhaps not empty then.</summary>
    ShortHistory,

    /// <summary>The archive holds no outcomes.</summary>
    NoOutcomes,

    /// <summary>Rows whose features were erased.</summary>
    Erased,

    /// <summary>Rows without a full answer of the store.</summary>
    AsRecorded,

    /// <summary>Rows under policies that are not at hand.</summary>
    UnknownPolicy,

    /// <summary>Outcomes without windows.</summary>
    EmptiedOutcomes,

    /// <summary>The key epoch changed: windows of the new one begin with the first row that has it.</summary>
    KeyEpochs,
}
