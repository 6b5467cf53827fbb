using System.Globalization;
using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Reading;

/// <content>What is asked of one entity.</content>
internal sealed partial class DecisionArchive
{
    /// <summary>Counts decisions of a filter by hour and verdict; give it an entity. At most <see cref="ArchiveLimits.MaxPoints"/>, the latest.</summary>
    public Task<ArchiveAnswer<EntityTimeline>> TimelineAsync(DecisionFilter filter, CancellationToken cancellation) =>
        _desk.AskAsync(new EntityTimeline([]), question => Timeline(question, filter), cancellation);

    /// <summary>Finds the accounts, devices, networks and access points that were seen together with an entity.</summary>
    /// <param name="filter">The decisions; give it one entity.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    public Task<ArchiveAnswer<EntityLinks>> LinksAsync(DecisionFilter filter, CancellationToken cancellation) =>
        _desk.AskAsync(new EntityLinks([]), question => Links(question, filter), cancellation);

    private EntityTimeline Timeline(Question question, DecisionFilter filter)
    {
        using var snapshot = _catalog.Take(filter.From, filter.To);
        if (snapshot.Files.Count == 0)
        {
            return new EntityTimeline([]);
        }

        // Of an hour that lies in the range as a whole no time need be read: the files are by hour.
        var byPath = snapshot.Files.ToDictionary(static file => file.RecordsPath, static file => file.Hour, StringComparer.Ordinal);
        foreach (var file in snapshot.Files)
        {
            byPath.TryAdd(file.SuspectsPath, file.Hour);
        }

        var found = new Dictionary<(ArchiveHour Hour, string Verdict), TimelinePoint>();
        foreach (var files in snapshot.Files.GroupBy(file => file.Hour.Start >= filter.From && file.Hour.End <= filter.To))
        {
            var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
            var where = files.Key ? DecisionSql.WhereAnytime(filter, parameters) : DecisionSql.Where(filter, parameters);
            foreach (var (path, verdict, count, maxScore) in question.Query(
                $"SELECT filename, verdict, count(*)::BIGINT, max(score)::INTEGER FROM {Read(files, filter, ", filename = true")} WHERE {where} GROUP BY filename, verdict",
                parameters,
                static reader => (Path: reader.GetString(0), Verdict: reader.GetString(1), Count: reader.GetInt64(2), MaxScore: reader.GetInt32(3))))
            {
                var hour = byPath[path];
                found[(hour, verdict)] = found.TryGetValue((hour, verdict), out var other)
                    ? other with { Count = other.Count + count, MaxScore = Math.Max(other.MaxScore, maxScore) }
                    : new TimelinePoint(hour.Start, verdict, count, maxScore);
            }
        }

        question.IsTruncated = found.Count > ArchiveLimits.MaxPoints;
        TimelinePoint[] points =
        [
            .. found.Values
                .OrderByDescending(static point => point.Hour)
                .ThenBy(static point => point.Verdict, StringComparer.Ordinal)
                .Take(ArchiveLimits.MaxPoints)
                .Reverse(),
        ];
        return points.Length == 0
            ? new EntityTimeline([])
            : new EntityTimeline(points)
            {
                First = Edge(question, snapshot, filter, points[0].Hour, "min"),
                Last = Edge(question, snapshot, filter, points[^1].Hour, "max"),
            };
    }

    // The first or last time of a filter's decisions in an hour that has some.
    private static DateTimeOffset Edge(Question question, ArchiveSnapshot snapshot, DecisionFilter filter, DateTimeOffset hour, string edge)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
        return question.Query(
            $"SELECT {edge}(time) FROM {Read(snapshot.Files.Where(file => file.Hour.Start == hour), filter)} WHERE {DecisionSql.Where(filter, parameters)}",
            parameters,
            static reader => DecisionSql.ReadTime(reader, 0))[0];
    }

    private EntityLinks Links(Question question, DecisionFilter filter)
    {
        using var snapshot = _catalog.Take(filter.From, filter.To);
        if (snapshot.Files.Count == 0)
        {
            return new EntityLinks([]);
        }

        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);

        question.Execute(
            $"CREATE TEMP TABLE seen (time TIMESTAMP, score INTEGER, {string.Join(", ", ArchiveEntities.All.Select(static entity => $"{ArchiveEntities.Column(entity)} BIGINT"))})",
            parameters);
        var where = DecisionSql.Where(filter, parameters);
        var seen = 0;
        var isBounded = filter.Entities.Count > 0 && filter.Entities.All(static own => own.Entity is ArchiveEntity.IpPrefix or ArchiveEntity.Cohort);
        var (bytes, filesRead) = (0L, 0);
        foreach (var files in Steps(snapshot).TakeWhile(_ => seen < ArchiveLimits.MaxLinkRows && bytes < ArchiveLimits.MaxLinkBytes))
        {
            filesRead += files.Length;
            bytes += isBounded ? files.Sum(static file => file.Bytes) : 0;
            // The files stand newest hour first, and are read in that order.
            question.Execute(
                string.Create(CultureInfo.InvariantCulture, $"""
                    INSERT INTO seen SELECT time, score, {string.Join(", ", ArchiveEntities.All.Select(ArchiveEntities.Column))}
                    FROM {Read(files, filter)} WHERE {where} LIMIT {ArchiveLimits.MaxLinkRows - seen}
                    """),
                parameters);
            seen = (int)question.Query("SELECT count(*)::BIGINT FROM seen", NoParameters, static reader => reader.GetInt64(0))[0];
        }

        question.IsTruncated = seen == ArchiveLimits.MaxLinkRows || filesRead < snapshot.Files.Count;
        var links = new List<EntityLink>();
        foreach (var entity in ArchiveEntities.All)
        {
            var column = ArchiveEntities.Column(entity);
            var own = filter.Entities.Where(own => own.Entity == entity).SelectMany(static own => own.Ids).ToHashSet();
            var found = question.Query(
                string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT {column}, count(*)::BIGINT AS decisions, min(time), max(time), max(score)::INTEGER
                    FROM seen WHERE {column} IS NOT NULL
                    GROUP BY {column} ORDER BY decisions DESC, {column} LIMIT {ArchiveLimits.MaxLinks + own.Count + 1}
                    """),
                new Dictionary<string, object>(StringComparer.Ordinal),
                reader => new EntityLink(
                    entity,
                    reader.GetInt64(0),
                    reader.GetInt64(1),
                    DecisionSql.ReadTime(reader, 2),
                    DecisionSql.ReadTime(reader, 3),
                    reader.GetInt32(4)));
            found.RemoveAll(link => own.Contains(link.Id));
            question.IsTruncated |= found.Count > ArchiveLimits.MaxLinks;
            links.AddRange(found.Take(ArchiveLimits.MaxLinks));
        }

        return new EntityLinks(links);
    }
}
