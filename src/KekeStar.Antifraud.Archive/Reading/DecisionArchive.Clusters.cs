using System.Globalization;
using DuckDB.NET.Data;

namespace KekeStar.Antifraud.Archive.Reading;

/// <content>Gangs.</content>
internal sealed partial class DecisionArchive
{
    /// <summary>
    /// Finds the accounts and devices that hang together among decisions, the largest clusters first, at most
    /// <see cref="ArchiveLimits.MaxClusters"/>. Give the filter a lowest score: among all decisions a café is a cluster too.
    /// </summary>
    public Task<ArchiveAnswer<IReadOnlyList<GangCluster>>> ClustersAsync(DecisionFilter filter, CancellationToken cancellation) =>
        _desk.AskAsync<IReadOnlyList<GangCluster>>([], question => Clusters(question, filter, holding: null), cancellation);

    /// <summary>Finds the cluster that an entity is in or is shared by.</summary>
    /// <param name="filter">Which decisions, as for <see cref="ClustersAsync"/>.</param>
    /// <param name="entity">The entity; an address is none.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    /// <returns>The largest of them; null: it is in none.</returns>
    public Task<ArchiveAnswer<GangCluster?>> ClusterOfAsync(DecisionFilter filter, EntityFilter entity, CancellationToken cancellation) =>
        _desk.AskAsync<GangCluster?>(null, question => Clusters(question, filter, entity).FirstOrDefault(), cancellation);

    private static ClusterGroup ReadGroup(DuckDBDataReader reader) => new(
        reader.GetInt64(0),
        DecisionSql.ReadId(reader, 1),
        DecisionSql.ReadId(reader, 2),
        DecisionSql.ReadId(reader, 3),
        DecisionSql.ReadId(reader, 4),
        DecisionSql.ReadId(reader, 5),
        reader.GetInt64(6),
        DecisionSql.ReadTime(reader, 7),
        DecisionSql.ReadTime(reader, 8),
        reader.GetInt32(9));

    // The names of labels or rules, by cluster.
    private static ILookup<int, NameCount> Names(Question question, string column) => question.Query(
        $"""
        SELECT cluster, name, count(*)::BIGINT AS hits
        FROM (SELECT cluster, unnest({column}) AS name FROM seen)
        GROUP BY cluster, name ORDER BY cluster, hits DESC, name
        """,
        NoParameters,
        static reader => (Cluster: reader.GetInt32(0), Name: new NameCount(reader.GetString(1), reader.GetInt64(2))))
        .ToLookup(static row => row.Cluster, static row => row.Name);

    private GangCluster[] Clusters(Question question, DecisionFilter filter, EntityFilter? holding)
    {
        using var snapshot = _catalog.Take(filter.From, filter.To);
        if (snapshot.Files.Count == 0)
        {
            return [];
        }

        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);

        // One number for the five, because a join over five columns that may be null takes four times as long. That two groups of 250,000
        // rows have the same takes a chance of 2^-29.
        question.Execute(
            string.Create(CultureInfo.InvariantCulture, $"""
                CREATE TEMP TABLE found AS
                SELECT hash(account, device, bssid, ip_prefix, cohort) AS entities, time, decision, score, labels, rules, account, device, bssid, ip_prefix, cohort
                FROM {Read(snapshot.Files, filter)} WHERE {DecisionSql.Where(filter, parameters)} AND coalesce(account, device) IS NOT NULL
                LIMIT {ArchiveLimits.MaxGraphRows}
                """),
            parameters);
        question.IsTruncated = question.Query("SELECT count(*)::BIGINT FROM found", NoParameters, static reader => reader.GetInt64(0))[0] == ArchiveLimits.MaxGraphRows;
        question.Execute(
            """
            CREATE TEMP TABLE grouped AS
            SELECT row_number() OVER (ORDER BY decisions DESC, first, account, device) AS number, *
            FROM (
                SELECT entities, account, device, bssid, ip_prefix, cohort,
                    count(*) AS decisions, min(time) AS first, max(time) AS last, max(score) AS max_score
                FROM found GROUP BY entities, account, device, bssid, ip_prefix, cohort)
            """,
            NoParameters);
        var groups = question.Query(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT number::BIGINT, account, device, bssid, ip_prefix, cohort, decisions::BIGINT, first, last, max_score::INTEGER
                FROM grouped ORDER BY number LIMIT {ArchiveLimits.MaxClusterGroups + 1}
                """),
            NoParameters,
            ReadGroup);
        if (groups.Count > ArchiveLimits.MaxClusterGroups)
        {
            question.IsTruncated = true;
            groups.RemoveAt(groups.Count - 1);
        }

        var clusters = new ClusterFinder(groups).Clusters()
            .Where(cluster => holding is null || cluster.Any(group => group.Id(holding.Entity) is { } id && holding.Ids.Contains(id)))
            .Take(holding is null ? ArchiveLimits.MaxClusters : 1)
            .ToList();
        MarkMembers(question, clusters);
        var labels = Names(question, "labels");
        var rules = Names(question, "rules");
        var features = holding is null || clusters.Count == 0 ? GangFeatures.None : CommonFeatures(question, snapshot);
        return
        [
            .. clusters.Select((cluster, index) => Describe(
                cluster, [.. labels[index].Take(ArchiveLimits.MaxRanked)], [.. rules[index].Take(ArchiveLimits.MaxRanked)]) with { Common = features }),
        ];
    }

    // The numbers go as two texts, because a statement takes no list of unknown length.
    private static void MarkMembers(Question question, List<IReadOnlyList<ClusterGroup>> clusters)
    {
        var members = clusters.SelectMany(static (cluster, index) => cluster.Select(group => (Cluster: index, group.Number))).ToList();
        question.Execute(
            """
            CREATE TEMP TABLE member AS
            SELECT unnest(string_split($clusters, ','))::INTEGER AS cluster, unnest(string_split($numbers, ','))::BIGINT AS number
            WHERE $numbers <> ''
            """,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["clusters"] = string.Join(',', members.Select(static member => member.Cluster)),
                ["numbers"] = string.Join(',', members.Select(static member => member.Number)),
            });
        question.Execute(
            """
            CREATE TEMP TABLE seen AS
            SELECT member.cluster, found.labels, found.rules FROM found JOIN grouped USING (entities) JOIN member USING (number)
            """,
            NoParameters);
    }

    private static GangCluster Describe(IReadOnlyList<ClusterGroup> cluster, IReadOnlyList<NameCount> labels, IReadOnlyList<NameCount> rules)
    {
        var accounts = FirstSeen(cluster, static group => group.Account);
        var devices = FirstSeen(cluster, static group => group.Device);
        var last = cluster.Max(static group => group.Last);
        SharedEntity[] shared = [.. ClusterFinder.SharedBy(cluster).OrderByDescending(static shared => shared.Members).Take(ArchiveLimits.MaxMembers)];
        var tied = shared.Select(static shared => (shared.Entity, shared.Id)).ToHashSet();
        return new GangCluster(
            cluster.Sum(static group => group.Decisions),
            accounts.Count,
            devices.Count,
            cluster.Min(static group => group.First),
            last,
            cluster.Max(static group => group.MaxScore),
            (accounts.Count > 0 ? accounts : devices).Values.Count(first => first > last.AddHours(-1)),
            [.. accounts.OrderBy(static account => account.Value).Select(static account => account.Key).Take(ArchiveLimits.MaxMembers)],
            [.. devices.OrderBy(static device => device.Value).Select(static device => device.Key).Take(ArchiveLimits.MaxMembers)],
            shared,
            labels,
            rules)
        {
            Ties = [.. ClusterFinder.TiesOf(cluster, tied).Take(ArchiveLimits.MaxTies)],
        };
    }

    private static Dictionary<long, DateTimeOffset> FirstSeen(IReadOnlyList<ClusterGroup> cluster, Func<ClusterGroup, long?> member) => cluster
        .Where(group => member(group) is not null)
        .GroupBy(group => member(group)!.Value)
        .ToDictionary(static groups => groups.Key, static groups => groups.Min(static group => group.First));
}
