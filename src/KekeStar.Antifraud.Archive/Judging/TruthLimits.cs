namespace KekeStar.Antifraud.Archive.Judging;

/// <summary>The bounds of what is known of events, each with its reason.</summary>
internal static class TruthLimits
{
    /// <summary>Most decisions whose truth is known: 20 million, some 1.5 GB of memory; a file with more is refused.</summary>
    public const int MaxTruths = 20_000_000;

    /// <summary>Most segments that are told apart: 200; the others are counted together.</summary>
    public const int MaxSegments = 200;
}
