namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>
/// Finds what hangs together. Members are accounts and devices; an account and the device that it was used on are one; two devices
/// (or accounts without one) are if they share an access point, network prefix or cohort that no more than
/// <see cref="ArchiveLimits.MaxSharers"/> have.
/// </summary>
internal sealed class ClusterFinder
{
    private static readonly ArchiveEntity[] Ties = [ArchiveEntity.Bssid, ArchiveEntity.IpPrefix, ArchiveEntity.Cohort];

    private readonly List<ClusterGroup> _groups;
    private readonly int[] _parents;

    /// <summary>Finds the clusters of groups of decisions.</summary>
    public ClusterFinder(List<ClusterGroup> groups)
    {
        _groups = groups;
        _parents = [.. Enumerable.Range(0, groups.Count)];
        UniteBy(ArchiveEntity.Account, int.MaxValue);
        UniteBy(ArchiveEntity.Device, int.MaxValue);
        foreach (var tie in Ties)
        {
            UniteBy(tie, ArchiveLimits.MaxSharers);
        }
    }

    /// <summary>The clusters with at least two members, the largest first.</summary>
    public IEnumerable<IReadOnlyList<ClusterGroup>> Clusters() => Enumerable.Range(0, _groups.Count)
        .GroupBy(Find)
        .Select(indices => (IReadOnlyList<ClusterGroup>)[.. indices.Select(index => _groups[index])])
        .Where(static cluster => SizeOf(cluster) > 1)
        .OrderByDescending(SizeOf)
        .ThenByDescending(static cluster => cluster.Sum(static group => group.Decisions));

    /// <summary>Accounts or devices of a cluster, of which there are more.</summary>
    public static int SizeOf(IReadOnlyList<ClusterGroup> cluster) => Math.Max(Distinct(cluster, ArchiveEntity.Account), Distinct(cluster, ArchiveEntity.Device));

    /// <summary>What ties a cluster together.</summary>
    public static IEnumerable<SharedEntity> SharedBy(IReadOnlyList<ClusterGroup> cluster) =>
        Ties.Append(ArchiveEntity.Device).SelectMany(entity => cluster
            .Where(group => group.Id(entity) is not null)
            .GroupBy(group => group.Id(entity)!.Value)
            .Select(groups => new SharedEntity(
                entity,
                groups.Key,
                groups.Select(group => entity == ArchiveEntity.Device ? group.Account : group.Member).Distinct().Count(static member => member is not null)))
            .Where(static shared => shared.Members is > 1 and <= ArchiveLimits.MaxSharers));

    private static int Distinct(IReadOnlyList<ClusterGroup> cluster, ArchiveEntity entity) =>
        cluster.Select(group => group.Id(entity)).Distinct().Count(static id => id is not null);

    private void UniteBy(ArchiveEntity entity, int mostMembers)
    {
        foreach (var sharers in Enumerable.Range(0, _groups.Count).Where(index => _groups[index].Id(entity) is not null).GroupBy(index => _groups[index].Id(entity)))
        {
            if (mostMembers < int.MaxValue && sharers.Select(index => _groups[index].Member).Distinct().Count() > mostMembers)
            {
                continue;
            }

            var first = sharers.First();
            foreach (var other in sharers)
            {
                _parents[Find(other)] = Find(first);
            }
        }
    }

    // With halving of the path, which keeps it short.
    private int Find(int index)
    {
        while (_parents[index] != index)
        {
            _parents[index] = _parents[_parents[index]];
            index = _parents[index];
        }

        return index;
    }
}
