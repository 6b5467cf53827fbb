using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Upkeep;

namespace KekeStar.Antifraud.Archive.Reading;

/// <content>What is answered from the minute roll-ups; times are cut to whole minutes.</content>
internal sealed partial class DecisionArchive
{
    // More points than pixels nobody sees.
    private const int WantedPoints = 200;

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
        if (!TakeRollUps(question, from, to))
        {
            return Overview.Empty with { Step = step };
        }

        var points = question.Query(
            """
            SELECT time_bucket(to_minutes($step), minute) AS begins, verdict, sum(count)::BIGINT, sum(degraded)::BIGINT
            FROM rolled WHERE kind = 'decision' GROUP BY begins, verdict ORDER BY begins, verdict
            """,
            new Dictionary<string, object>(StringComparer.Ordinal) { ["step"] = (long)step.TotalMinutes },
            static reader => new OverviewPoint(DecisionSql.ReadTime(reader, 0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        var total = points.Sum(static point => point.Count);
        var scores = new long[Overview.ScoreBuckets];
        foreach (var (bucket, count) in Buckets(question, "score"))
        {
            scores[bucket] = count;
        }

        var durations = Buckets(question, "duration");
        return new Overview
        {
            Step = step,
            Points = points,
            Scenes = question.Query(
                "SELECT scene, verdict, sum(count)::BIGINT FROM rolled WHERE kind = 'decision' GROUP BY scene, verdict ORDER BY scene, verdict",
                NoParameters,
                static reader => new SceneCount(reader.GetString(0), reader.GetString(1), reader.GetInt64(2))),
            Scores = scores,
            Labels = Ranking(question, "label"),
            Rules = Ranking(question, "rule"),
            Total = total,
            Degraded = points.Sum(static point => point.Degraded),
            MeanScore = total == 0 ? 0 : question.Query(
                "SELECT sum(score_sum)::BIGINT FROM rolled WHERE kind = 'decision'", NoParameters, static reader => reader.GetInt64(0))[0] / (double)total,
            Median = Percentile(durations, 0.5),
            Percentile99 = Percentile(durations, 0.99),
        };
    }

    private List<RuleHit> Hits(Question question, DateTimeOffset from, DateTimeOffset to) => !TakeRollUps(question, from, to)
        ? []
        : question.Query(
            """
            SELECT name, kind = 'shadow_rule', sum(count)::BIGINT AS hits, coalesce(sum(count) FILTER (verdict = 'reject'), 0)::BIGINT, max(minute)
            FROM rolled WHERE kind IN ('rule', 'shadow_rule') GROUP BY name, kind ORDER BY hits DESC, name, kind
            """,
            NoParameters,
            static reader => new RuleHit(
                reader.GetString(0), reader.GetBoolean(1), reader.GetInt64(2), reader.GetInt64(3), DecisionSql.ReadTime(reader, 4)));

    /// <summary>Reads the roll-ups of a range into a table of the question's own.</summary>
    /// <returns>False if there are none.</returns>
    private bool TakeRollUps(Question question, DateTimeOffset from, DateTimeOffset to)
    {
        using var snapshot = _catalog.Take(from, to);
        string[] paths = [.. snapshot.Files.Where(static file => file.HasRollUp).Select(static file => file.RollUpPath)];
        if (paths.Length == 0)
        {
            return false;
        }

        // Different files of one hour hold the same minute, so this has far fewer rows than they do.
        question.Execute(
            $"""
            CREATE TEMP TABLE rolled AS
            SELECT minute, kind, scene, verdict, name, bucket,
                sum(count) AS count, sum(degraded) AS degraded, sum(score_sum) AS score_sum
            FROM {DuckDbEngine.Read(paths)}
            WHERE minute >= date_trunc('minute', $from::TIMESTAMP) AND minute < $to
            GROUP BY minute, kind, scene, verdict, name, bucket
            """,
            new Dictionary<string, object>(StringComparer.Ordinal) { ["from"] = DecisionSql.Time(from), ["to"] = DecisionSql.Time(to) });
        return true;
    }

    private static List<(int Bucket, long Count)> Buckets(Question question, string kind) => question.Query(
        "SELECT bucket, sum(count)::BIGINT FROM rolled WHERE kind = $kind GROUP BY bucket ORDER BY bucket",
        new Dictionary<string, object>(StringComparer.Ordinal) { ["kind"] = kind },
        static reader => (reader.GetInt32(0), reader.GetInt64(1)));

    private static List<NameCount> Ranking(Question question, string kind) => question.Query(
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT name, sum(count)::BIGINT AS hits FROM rolled WHERE kind = $kind GROUP BY name ORDER BY hits DESC, name LIMIT {ArchiveLimits.MaxRanked}"),
        new Dictionary<string, object>(StringComparer.Ordinal) { ["kind"] = kind },
        static reader => new NameCount(reader.GetString(0), reader.GetInt64(1)));

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
