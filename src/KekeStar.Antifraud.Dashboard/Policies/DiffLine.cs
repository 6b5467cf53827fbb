namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>A line of what differs between two texts.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Number">Its number in the new text; of a removed one null.</param>
/// <param name="Text">The line.</param>
internal sealed record DiffLine(DiffKind Kind, int? Number, string Text);

/// <summary>What became of a line.</summary>
internal enum DiffKind
{
    /// <summary>It is in both, and stands here for its neighbours' sake.</summary>
    Same,

    /// <summary>It is in the new text alone.</summary>
    Added,

    /// <summary>It is in the old text alone.</summary>
    Removed,

    /// <summary>Lines that are in both were left out here.</summary>
    Gap,
}
