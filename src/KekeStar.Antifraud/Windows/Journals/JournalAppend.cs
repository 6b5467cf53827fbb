namespace KekeStar.Antifraud.Windows.Journals;

/// <summary>How appending a line ended.</summary>
internal enum JournalAppend
{
    /// <summary>Written; all instances see it within <see cref="JournalLimits.RefreshInterval"/>.</summary>
    Done,

    /// <summary>The caller decided against it.</summary>
    NotAdmitted,

    /// <summary>The store did not take the line; it may still carry it out if it only was too slow.</summary>
    StoreFailed,
}
