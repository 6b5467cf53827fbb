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
    private readonly (long Id, int Index)[] _sharers;

    /// <summary>Finds the clusters of groups of decisions.</summary>
    public ClusterFinder(List<ClusterGroup> groups)
    {
        _groups = groups;
        _parents = [.. Enumerable.Range(0, groups.Count)];
        _sharers = new (long, int)[groups.Count];
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
        .Where(static indices => indices.Skip(1).Any())
        .Select(indices => (IReadOnlyList<ClusterGroup>)[.. indices.Select(index => _groups[index])])
        .Select(static cluster => (Size: SizeOf(cluster), Cluster: cluster))
        .Where(static cluster => cluster.Size > 1)
        .OrderByDescending(static cluster => cluster.Size)
        .ThenByDescending(static cluster => cluster.Cluster.Sum(static group => group.Decisions))
        .Select(static cluster => cluster.Cluster);

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

    /// <summary>Who was seen with what in a cluster, the most frequent first.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="shared">What ties it together.</param>
    public static IEnumerable<GangTie> TiesOf(IReadOnlyList<ClusterGroup> cluster, IReadOnlySet<(ArchiveEntity Entity, long Id)> shared) => cluster
        .SelectMany(group => TiesOf(group, shared))
        .GroupBy(static tie => tie with { Decisions = 0 })
        .Select(static ties => ties.Key with { Decisions = ties.Sum(static tie => tie.Decisions) })
        .OrderByDescending(static tie => tie.Decisions);

    private static IEnumerable<GangTie> TiesOf(ClusterGroup group, IReadOnlySet<(ArchiveEntity Entity, long Id)> shared)
    {
        if (group is { Account: { } account, Device: { } device })
        {
            yield return new GangTie(ArchiveEntity.Account, account, ArchiveEntity.Device, device, group.Decisions);
        }

        var (kind, member) = group.Device is { } own ? (ArchiveEntity.Device, own) : (ArchiveEntity.Account, group.Account.GetValueOrDefault());
        foreach (var entity in Ties)
        {
            if (group.Id(entity) is { } id && shared.Contains((entity, id)))
            {
                yield return new GangTie(kind, member, entity, id, group.Decisions);
            }
        }
    }

    private static int Distinct(IReadOnlyList<ClusterGroup> cluster, ArchiveEntity entity) =>
        cluster.Select(group => group.Id(entity)).Distinct().Count(static id => id is not null);

    // By sorting, because dictionaries of two hundred thousand groups take longer than everything else here.
    private void UniteBy(ArchiveEntity entity, int mostMembers)
    {
        var count = 0;
        for (var index = 0; index < _groups.Count; index++)
        {
            if (_groups[index].Id(entity) is { } id)
            {
                _sharers[count++] = (id, index);
            }
        }

        var sharers = _sharers.AsSpan(0, count);
        sharers.Sort();
        for (int start = 0, end; start < count; start = end)
        {
            for (end = start + 1; end < count && sharers[end].Id == sharers[start].Id; end++)
            {
            }

            if (end - start > 1 && (end - start <= mostMembers || MembersOf(sharers[start..end]) <= mostMembers))
            {
                foreach (var (_, other) in sharers[(start + 1)..end])
                {
                    _parents[Find(other)] = Find(sharers[start].Index);
                }
            }
        }
    }

    private int MembersOf(ReadOnlySpan<(long Id, int Index)> sharers)
    {
        var members = new HashSet<long?>();
        foreach (var (_, index) in sharers)
        {
            members.Add(_groups[index].Member);
        }

        return members.Count;
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
