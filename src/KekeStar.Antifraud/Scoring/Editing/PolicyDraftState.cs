namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>Where a draft stands on its way to a version. A change of its text always leads back to <see cref="Draft"/>.</summary>
internal enum PolicyDraftState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Its authors want it: it loads, and waits for a second person.</summary>
    Proposed,

    /// <summary>A second person agrees: any policy editor may publish it.</summary>
    Approved,

    /// <summary>A second person does not agree; the comment says why.</summary>
    Rejected,
}
