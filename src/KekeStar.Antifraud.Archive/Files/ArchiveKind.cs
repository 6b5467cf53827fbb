namespace KekeStar.Antifraud.Archive.Files;

/// <summary>The two kinds of rows; each has folders and files of its own.</summary>
internal enum ArchiveKind
{
    /// <summary>Decisions, below <c>records</c>.</summary>
    Records,

    /// <summary>Reported outcomes, below <c>outcomes</c>.</summary>
    Outcomes,
}
