namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>How a step in the life of a draft ended.</summary>
internal enum PolicyEdit
{
    /// <summary>Done, and on disk.</summary>
    Done,

    /// <summary>There is no such draft or version any more.</summary>
    NotFound,

    /// <summary>Somebody else changed the draft meanwhile; look at it again.</summary>
    Changed,

    /// <summary>The draft is in another state, which does not allow this.</summary>
    WrongState,

    /// <summary>The policy has more than <see cref="PolicyLimits.MaxFileBytes"/> bytes.</summary>
    TooLarge,

    /// <summary>The policy does not load; its errors say why.</summary>
    Invalid,

    /// <summary>Another version was published since the draft was begun: rebase it.</summary>
    Outdated,

    /// <summary>The policy is the one that the draft was begun from.</summary>
    Unchanged,

    /// <summary>Whoever wrote part of a draft does not approve it.</summary>
    OwnWork,

    /// <summary>A comment is needed, of at most <see cref="PolicyEditingLimits.MaxCommentLength"/> characters.</summary>
    BadComment,

    /// <summary>There are <see cref="PolicyEditingLimits.MaxDrafts"/> drafts, or <see cref="PolicyEditingLimits.MaxVersions"/> versions, already.</summary>
    Full,

    /// <summary>The policy in force comes from the file <see cref="PolicyOptions.Path"/>, or there is no folder: nothing is published from here.</summary>
    Managed,

    /// <summary>The folder or the audit log did not take it; nothing was changed.</summary>
    NotWritten,
}
