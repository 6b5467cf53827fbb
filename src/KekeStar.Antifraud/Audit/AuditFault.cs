namespace KekeStar.Antifraud.Audit;

/// <summary>Why a log is not what was written.</summary>
internal enum AuditFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The line is not in the exact form of the log.</summary>
    NotALine,

    /// <summary>The line's hash is not that of its members: it was altered.</summary>
    HashWrong,

    /// <summary>The line's number does not follow that of the line before: lines are gone, added or in another order.</summary>
    SequenceBroken,

    /// <summary>The line does not name the hash of the line before.</summary>
    ChainBroken,

    /// <summary>A file begins further on than the one before ends: a file between them, or the end of one, is gone.</summary>
    FileMissing,

    /// <summary>The log does not begin with line 1, and no line of it says that the ones before were removed past retention.</summary>
    BeginningMissing,

    /// <summary>The line is younger than its file's month.</summary>
    WrongFile,

    /// <summary>The last line has no line end: a crash cut it, or it is being written.</summary>
    Torn,

    /// <summary>The last line's hash is not the one that is known: the end is gone, or the log was written anew.</summary>
    NotTheKnownEnd,
}
