namespace KekeStar.Antifraud.Scoring.Lists;

/// <summary>How a change of the lists ended.</summary>
internal enum ListChange
{
    /// <summary>Written; all instances see it within <see cref="Windows.Journals.JournalLimits.RefreshInterval"/>.</summary>
    Done,

    /// <summary>There was nothing to change: the entity stood on no list.</summary>
    NotFound,

    /// <summary>The lists hold <see cref="ListLimits.MaxEntries"/> entries already.</summary>
    Full,

    /// <summary>The store did not take the change; it may still carry it out if it only was too slow.</summary>
    StoreFailed,
}
