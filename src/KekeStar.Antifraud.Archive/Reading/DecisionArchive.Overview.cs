using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Upkeep;

namespace KekeStar.Antifraud.Archive.Reading;

/// <content>What is answered from the minute roll-ups; times are cut to whole minutes.</content>
internal sealed partial class DecisionArchive
{
    // More points than pixels nobody sees.
    private const int WantedPoints = 200;

    private const string InRange = "minute >= date_trunc('minute', $from::TIMESTAMP) AND minute < $to";

    private static readonly int[] StepMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1_440];

    private static readonly Dictionary<string, object> NoParameters = new(StringComparer.Ordinal);

    /// <summary>Sums up a range of time.</summary>
    public Task<ArchiveAnswer<Overview>> OverviewAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        _desk.AskAsync(Overview.Empty, question => Sum(question, from, to), cancellation);

    /// <summary>Counts how often each rule fired in a range of time; rules that did not are not there.</summary>
    public Task<ArchiveAnswer<IReadOnlyList<RuleHit>>> RuleHitsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        _desk.AskAsync<IReadOnlyList<RuleHit>>([], question => Hits(question, from, to), cancellation);

    private static TimeSpan StepOf(TimeSpan range) =>
        TimeSpan.FromMinutes(StepMinutes.FirstOrDefault(minutes => range.TotalMinutes / minutes <= WantedPoints, StepMinutes[^1]));

    private Overview Sum(Question question, DateTimeOffset from, DateTimeOffset to)
    {
        var step = StepOf(to - from);
        using var snapshot = _catalog.Take(from, to);
        var rollUps = RollUpsOf(snapshot);
        if (rollUps.Length == 0)
        {
            return Overview.Empty with { Step = step };
        }

        // Of millions of minute counts some thousand are left; time matters to the curves alone.
        var parameters = RangeOf(from, to);
        parameters["step"] = (long)step.TotalMinutes;
        question.Execute(
            $"""
            CREATE TEMP TABLE rolled AS
            SELECT CASE WHEN kind IN ('decision', 'duration') THEN time_bucket(to_minutes($step), minute) END AS begins,
                kind, scene, verdict, name, bucket,
                sum(count) AS count, sum(degraded) AS degraded, sum(score_sum) AS score_sum, coalesce(bit_or(people), 0) AS people
            FROM {DuckDbEngine.Read(rollUps)}
            WHERE {InRange} AND kind IN ('decision', 'duration', 'score', 'label', 'rule')
            GROUP BY ALL
            """,
            parameters);
        var points = question.Query(
            """
            SELECT begins, verdict, sum(count)::BIGINT, sum(degraded)::BIGINT, bit_count(bit_or(people))::INTEGER
            FROM rolled WHERE kind = 'decision' GROUP BY begins, verdict ORDER BY begins, verdict
            """,
            NoParameters,
            static reader => new OverviewPoint(DecisionSql.ReadTime(reader, 0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)) { People = reader.GetInt32(4) });
        var total = points.Sum(static point => point.Count);
        var (scores, people) = (new long[Overview.ScoreBuckets], new int[Overview.ScoreBuckets]);
        foreach (var (bucket, count, accounts) in question.Query(
            "SELECT bucket, sum(count)::BIGINT, bit_count(bit_or(people))::INTEGER FROM rolled WHERE kind = 'score' GROUP BY bucket",
            NoParameters,
            static reader => (reader.GetInt32(0), reader.GetInt64(1), reader.GetInt32(2))))
        {
            (scores[bucket], people[bucket]) = (count, accounts);
        }

        var durations = question.Query(
            "SELECT begins, bucket, sum(count)::BIGINT FROM rolled WHERE kind = 'duration' GROUP BY begins, bucket ORDER BY begins, bucket",
            NoParameters,
            static reader => (Begins: DecisionSql.ReadTime(reader, 0), Bucket: reader.GetInt32(1), Count: reader.GetInt64(2)));
        List<(int Bucket, long Count)> whole =
            [.. durations.GroupBy(static duration => duration.Bucket).OrderBy(static bucket => bucket.Key).Select(static bucket => (bucket.Key, bucket.Sum(static duration => duration.Count)))];
        return new Overview
        {
            Step = step,
            Points = points,
            Latencies =
            [
                .. durations.GroupBy(static duration => duration.Begins).Select(static begins =>
                {
                    List<(int Bucket, long Count)> buckets = [.. begins.Select(static duration => (duration.Bucket, duration.Count))];
                    return new LatencyPoint(begins.Key, Percentile(buckets, 0.5), Percentile(buckets, 0.99));
                }),
            ],
            Scenes = question.Query(
                """
                SELECT scene, verdict, sum(count)::BIGINT, bit_count(bit_or(people))::INTEGER
                FROM rolled WHERE kind = 'decision' GROUP BY scene, verdict ORDER BY scene, verdict
                """,
                NoParameters,
                static reader => new SceneCount(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)) { People = reader.GetInt32(3) }),
            Scores = scores,
            ScorePeople = people,
            Labels = Ranking(question, "label"),
            Rules = Ranking(question, "rule"),
            Total = total,
            Degraded = points.Sum(static point => point.Degraded),
            MeanScore = total == 0 ? 0 : question.Query(
                "SELECT sum(score_sum)::BIGINT FROM rolled WHERE kind = 'decision'", NoParameters, static reader => reader.GetInt64(0))[0] / (double)total,
            Median = Percentile(whole, 0.5),
            Percentile99 = Percentile(whole, 0.99),
        };
    }

    private List<RuleHit> Hits(Question question, DateTimeOffset from, DateTimeOffset to)
    {
        using var snapshot = _catalog.Take(from, to);
        var rollUps = RollUpsOf(snapshot);
        return rollUps.Length == 0
            ? []
            : question.Query(
                $"""
                SELECT name, kind = 'shadow_rule', sum(count)::BIGINT AS hits, coalesce(sum(count) FILTER (verdict = 'reject'), 0)::BIGINT, max(minute)
                FROM {DuckDbEngine.Read(rollUps)} WHERE {InRange} AND kind IN ('rule', 'shadow_rule') GROUP BY name, kind ORDER BY hits DESC, name, kind
                """,
                RangeOf(from, to),
                static reader => new RuleHit(
                    reader.GetString(0), reader.GetBoolean(1), reader.GetInt64(2), reader.GetInt64(3), DecisionSql.ReadTime(reader, 4)));
    }

    private static string[] RollUpsOf(ArchiveSnapshot snapshot) => [.. snapshot.Files.Where(static file => file.HasRollUp).Select(static file => file.RollUpPath)];

    private static Dictionary<string, object> RangeOf(DateTimeOffset from, DateTimeOffset to) =>
        new(StringComparer.Ordinal) { ["from"] = DecisionSql.Time(from), ["to"] = DecisionSql.Time(to) };

    private static List<NameCount> Ranking(Question question, string kind) => question.Query(
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT name, sum(count)::BIGINT AS hits, bit_count(bit_or(people))::INTEGER
            FROM rolled WHERE kind = $kind GROUP BY name ORDER BY hits DESC, name LIMIT {ArchiveLimits.MaxRanked}
            """),
        new Dictionary<string, object>(StringComparer.Ordinal) { ["kind"] = kind },
        static reader => new NameCount(reader.GetString(0), reader.GetInt64(1)) { People = reader.GetInt32(2) });

    // The upper end of the bucket that holds the rank.
    private static TimeSpan Percentile(List<(int Bucket, long Count)> durations, double share)
    {
        var rank = Math.Ceiling(durations.Sum(static duration => duration.Count) * share);
        foreach (var (bucket, count) in durations)
        {
            rank -= count;
            if (rank <= 0)
            {
                return TimeSpan.FromMicroseconds(Math.Pow(2, bucket / (double)RollUps.DurationBucketsPerDoubling));
            }
        }

        return TimeSpan.Zero;
    }
}
