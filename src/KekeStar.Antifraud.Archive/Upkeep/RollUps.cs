using System.Globalization;
using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>
/// The minute roll-ups of a file of records: what the overview needs of it in a few hundred rows. They are made from the file
/// itself, so the two always agree; where a file takes the place of others, its roll-ups take theirs.
/// </summary>
/// <remarks>
/// One table of counts by minute. What a row counts its <c>kind</c> says: <c>decision</c> (by scene and verdict, with sums of
/// scores and durations), <c>score</c> (by scene; <c>bucket</c> is the score's hundreds), <c>duration</c> (<c>bucket</c> is b where the
/// duration is at most 2^(b/4) µs), <c>label</c>, <c>rule</c> (by verdict) and <c>shadow_rule</c> (<c>name</c> says which).
/// <c>people</c> has a bit for each 32nd of the accounts (where there is none: devices, else addresses) that a row counts. Joined
/// by OR over minutes and files, their number is never above that of the accounts, so that it can be told where a figure is about
/// too few of them to be shown, and nothing is kept of whom.
/// </remarks>
internal static class RollUps
{
    /// <summary>Buckets of durations for each doubling: 4, so a percentile is at most 19 % too high.</summary>
    public const int DurationBucketsPerDoubling = 4;

    // A power of two; the pseudonyms are random, so any bits of them do.
    private const int PeopleBits = 32;

    /// <summary>Says what the roll-ups of records are.</summary>
    /// <param name="records">What reads the records.</param>
    public static string Query(string records) => string.Create(CultureInfo.InvariantCulture, $"""
        WITH decided AS MATERIALIZED (
            SELECT date_trunc('minute', time) AS minute, scene, verdict, score, store, duration_us, labels, rules, shadow_rules,
                1::BIGINT << (coalesce(account, device, ip) & {PeopleBits - 1}) AS person
            FROM {records})
        SELECT minute, 'decision' AS kind, scene, verdict, NULL::VARCHAR AS name, NULL::INTEGER AS bucket,
            count(*)::BIGINT AS count, (count(*) FILTER (store <> {DuckDbEngine.Quote(ContractWords.StoreOk)}))::BIGINT AS degraded,
            sum(score)::BIGINT AS score_sum, sum(duration_us)::BIGINT AS duration_us_sum, bit_or(person) AS people
        FROM decided GROUP BY minute, scene, verdict
        UNION ALL
        SELECT minute, 'score', scene, NULL, NULL, (score // 100)::INTEGER, count(*)::BIGINT, 0, 0, 0, bit_or(person)
        FROM decided GROUP BY minute, scene, score // 100
        UNION ALL
        SELECT minute, 'duration', NULL, NULL, NULL, bucket, count(*)::BIGINT, 0, 0, 0, bit_or(person)
        FROM (SELECT minute, person, ceil({DurationBucketsPerDoubling} * log2(greatest(duration_us, 1)))::INTEGER AS bucket FROM decided)
        GROUP BY minute, bucket
        UNION ALL
        SELECT minute, 'label', NULL, NULL, name, NULL, count(*)::BIGINT, 0, 0, 0, bit_or(person)
        FROM (SELECT minute, person, unnest(labels) AS name FROM decided) GROUP BY minute, name
        UNION ALL
        SELECT minute, 'rule', NULL, verdict, name, NULL, count(*)::BIGINT, 0, 0, 0, bit_or(person)
        FROM (SELECT minute, person, verdict, unnest(rules) AS name FROM decided) GROUP BY minute, verdict, name
        UNION ALL
        SELECT minute, 'shadow_rule', NULL, NULL, name, NULL, count(*)::BIGINT, 0, 0, 0, bit_or(person)
        FROM (SELECT minute, person, unnest(shadow_rules) AS name FROM decided) GROUP BY minute, name
        ORDER BY kind, minute
        """);
}
