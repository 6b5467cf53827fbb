namespace KekeStar.Antifraud.Archive.Judging;

/// <summary>Where it is known from what an event was; the later of these counts before the earlier.</summary>
internal enum TruthSource : byte
{
    /// <summary>A reported outcome in the archive.</summary>
    Outcome,

    /// <summary>A person's mark.</summary>
    Mark,

    /// <summary>A file of labels.</summary>
    Label,
}
