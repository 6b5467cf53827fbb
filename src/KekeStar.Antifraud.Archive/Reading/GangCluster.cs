namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>Accounts and devices that hang together by what they share: a gang, a farm, or a family.</summary>
/// <param name="Decisions">Decisions about them.</param>
/// <param name="AccountCount">Accounts.</param>
/// <param name="DeviceCount">Devices.</param>
/// <param name="First">The first decision.</param>
/// <param name="Last">The last.</param>
/// <param name="MaxScore">The highest score.</param>
/// <param name="GrowthPerHour">Accounts (devices, where no event had an account) that came new within the hour before its last decision.</param>
/// <param name="Accounts">Accounts, at most <see cref="ArchiveLimits.MaxMembers"/>.</param>
/// <param name="Devices">Devices, at most <see cref="ArchiveLimits.MaxMembers"/>.</param>
/// <param name="Shared">What ties them together: the entities with the most members first, at most <see cref="ArchiveLimits.MaxMembers"/>.</param>
/// <param name="Labels">The most frequent labels.</param>
/// <param name="Rules">The rules that fired most often.</param>
internal sealed record GangCluster(
    long Decisions,
    int AccountCount,
    int DeviceCount,
    DateTimeOffset First,
    DateTimeOffset Last,
    int MaxScore,
    int GrowthPerHour,
    IReadOnlyList<long> Accounts,
    IReadOnlyList<long> Devices,
    IReadOnlyList<SharedEntity> Shared,
    IReadOnlyList<NameCount> Labels,
    IReadOnlyList<NameCount> Rules)
{
    /// <summary>
    /// Who was seen with what: account and device, and either of them with what ties the cluster together; the most frequent first, at most
    /// <see cref="ArchiveLimits.MaxTies"/>.
    /// </summary>
    public IReadOnlyList<GangTie> Ties { get; init; } = [];

    /// <summary>Which values of features its members have in common; looked for where one gang is asked for, not in a list of them.</summary>
    public GangFeatures Common { get; init; } = GangFeatures.None;

    /// <summary>Its size: accounts or devices, of which there are more.</summary>
    public int Size => Math.Max(AccountCount, DeviceCount);
}

/// <summary>An entity that several members of a cluster have.</summary>
/// <param name="Entity">What it is.</param>
/// <param name="Id">First 64 bits of its pseudonym.</param>
/// <param name="Members">How many of them.</param>
internal sealed record SharedEntity(ArchiveEntity Entity, long Id, int Members);

/// <summary>Two entities of a cluster that were seen together.</summary>
/// <param name="Member">What one of them is: an account or a device.</param>
/// <param name="MemberId">First 64 bits of its pseudonym.</param>
/// <param name="Entity">What the other one is.</param>
/// <param name="Id">First 64 bits of its pseudonym.</param>
/// <param name="Decisions">Decisions about both together.</param>
internal sealed record GangTie(ArchiveEntity Member, long MemberId, ArchiveEntity Entity, long Id, long Decisions);
