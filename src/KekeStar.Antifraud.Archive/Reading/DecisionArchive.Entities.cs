using System.Globalization;

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

        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
        var found = question.Query(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT date_trunc('hour', time) AS hour, verdict, count(*)::BIGINT, max(score)::INTEGER, min(time), max(time)
                FROM {Read(snapshot.Files)} WHERE {DecisionSql.Where(filter, parameters)}
                GROUP BY hour, verdict ORDER BY hour DESC, verdict LIMIT {ArchiveLimits.MaxPoints + 1}
                """),
            parameters,
            static reader => (
                Point: new TimelinePoint(DecisionSql.ReadTime(reader, 0), reader.GetString(1), reader.GetInt64(2), reader.GetInt32(3)),
                First: DecisionSql.ReadTime(reader, 4),
                Last: DecisionSql.ReadTime(reader, 5)));
        question.IsTruncated = found.Count > ArchiveLimits.MaxPoints;
        found.RemoveRange(Math.Min(found.Count, ArchiveLimits.MaxPoints), found.Count - Math.Min(found.Count, ArchiveLimits.MaxPoints));
        found.Reverse();
        return found.Count == 0
            ? new EntityTimeline([])
            : new EntityTimeline([.. found.Select(static hour => hour.Point)])
            {
                First = found.Min(static hour => hour.First),
                Last = found.Max(static hour => hour.Last),
            };
    }

    private EntityLinks Links(Question question, DecisionFilter filter)
    {
        using var snapshot = _catalog.Take(filter.From, filter.To);
        if (snapshot.Files.Count == 0)
        {
            return new EntityLinks([]);
        }

        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);

        // The files stand newest hour first, and are read in that order.
        question.Execute(
            string.Create(CultureInfo.InvariantCulture, $"""
                CREATE TEMP TABLE seen AS
                SELECT time, score, {string.Join(", ", ArchiveEntities.All.Select(ArchiveEntities.Column))}
                FROM {Read(snapshot.Files)} WHERE {DecisionSql.Where(filter, parameters)} LIMIT {ArchiveLimits.MaxGraphRows}
                """),
            parameters);
        question.IsTruncated = question.Query("SELECT count(*)::BIGINT FROM seen", NoParameters, static reader => reader.GetInt64(0))[0] == ArchiveLimits.MaxGraphRows;
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
