namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>How an entry of a <see cref="RedisRound"/> stands.</summary>
internal enum EntryOutcome
{
    /// <summary>Answers are still to come.</summary>
    Open,

    /// <summary>Everything was answered.</summary>
    Whole,

    /// <summary>The record was refused; the log could be read.</summary>
    Refused,

    /// <summary>There is no answer.</summary>
    Failed,

    /// <summary>Its server is known to be away and was not asked.</summary>
    Skipped,
}
