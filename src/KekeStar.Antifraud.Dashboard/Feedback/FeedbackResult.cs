namespace KekeStar.Antifraud.Dashboard.Feedback;

/// <summary>What came of marking decisions.</summary>
/// <param name="Status">How it ended; unless Done nothing was marked.</param>
internal sealed record FeedbackResult(FeedbackStatus Status)
{
    /// <summary>Decisions that were marked.</summary>
    public int Marked { get; init; }

    /// <summary>What was typed and is no decision that is kept.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Decisions whose verdict the mark does not fit.</summary>
    public int Unfit { get; init; }
}

/// <summary>How marking decisions ended.</summary>
internal enum FeedbackStatus
{
    /// <summary>Done, and on disk.</summary>
    Done,

    /// <summary>Nothing was typed.</summary>
    Nothing,

    /// <summary>More than <see cref="Archive.ArchiveLimits.MaxMarks"/> at once.</summary>
    TooMany,

    /// <summary>There are <see cref="Archive.ArchiveLimits.MaxKeptMarks"/> marks already.</summary>
    Full,

    /// <summary>The archive, its folder or the audit log does not answer now.</summary>
    Unavailable,
}
