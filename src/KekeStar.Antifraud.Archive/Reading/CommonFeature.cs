namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>A value that nearly all members of a gang have in common and others do not.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Value">The value, in the feature's unit.</param>
/// <param name="MemberShare">Share of the members that have it, 0 … 1.</param>
/// <param name="OtherShare">Share of the others that have it, 0 … 1.</param>
internal sealed record CommonFeature(string Name, double Value, double MemberShare, double OtherShare);

/// <summary>What the members of a gang have in common, and of how many that was told.</summary>
/// <param name="Members">Members whose newest decision was looked at.</param>
/// <param name="Others">Others of the same hours that they were held against.</param>
/// <param name="Features">What they have in common, what sets them apart most first, at most <see cref="ArchiveLimits.MaxCommonFeatures"/>.</param>
internal sealed record GangFeatures(int Members, int Others, IReadOnlyList<CommonFeature> Features)
{
    /// <summary>Nothing was looked at.</summary>
    public static GangFeatures None { get; } = new(0, 0, []);
}
