using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Simulation.Replaying;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Simulation.Replaying;

/// <summary>A simulated file through the hot path: what stands in the archive and in the labels.</summary>
public sealed class TrafficReplayTests(ReplayedDay day) : IClassFixture<ReplayedDay>
{
    [Fact]
    public void Every_decision_has_a_label_and_every_label_a_decision()
    {
        var events = day.Rows.Count(row => !row.IsReport);
        Assert.Equal(events, day.Result.Decisions);
        Assert.Equal([Number(events)], Ask("SELECT count(*) FROM {records}"));
        Assert.Equal([Number(events)], Ask("SELECT count(*) FROM {labels}"));
        Assert.Equal([Number(events)], Ask("SELECT count(*) FROM {records} r JOIN {labels} l ON r.decision = l.decision AND r.event_time = l.event_time"));
        Assert.Equal([Number(events)], Ask("SELECT count(DISTINCT decision) FROM {labels}"));
    }

    [Fact]
    public void A_label_says_what_the_traffic_file_says() => Assert.Equal(
        day.Rows.Where(row => !row.IsReport).GroupBy(row => (row.Actor, row.IsAbusive, row.IsUnseen, Risk: row.Risk ?? "none"))
            .Select(part => $"{part.Key.Actor} {part.Key.IsAbusive} {part.Key.IsUnseen} {part.Key.Risk} {Number(part.Count())}".ToLowerInvariant()).Order(StringComparer.Ordinal),
        Ask("SELECT concat_ws(' ', actor, abusive, unseen, coalesce(risk, 'none'), count(*)) FROM {labels} GROUP BY actor, abusive, unseen, risk").Order(StringComparer.Ordinal));

    [Fact]
    public void The_archive_is_of_the_file_s_own_days_and_of_full_answers()
    {
        Assert.Equal(["0"], Ask("SELECT count(*) FROM {records} WHERE store <> 'ok'"));
        Assert.Equal(["0"], Ask("SELECT count(*) FROM {records} WHERE time <> event_time"));
        Assert.Equal(
            day.Rows.Where(row => !row.IsReport).Select(row => row.TimeMilliseconds / 3_600_000).Distinct().Count(),
            Directory.EnumerateDirectories(Path.Combine(day.Archive, "records"), "hour=*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void Verdicts_are_counted_as_the_archive_has_them()
    {
        var counted = day.Result.Actors.SelectMany(actor => Enum.GetValues<Verdict>().Select(verdict => (actor.Actor, Verdict: verdict, Count: actor.CountOf(verdict))))
            .Where(part => part.Count > 0).Select(part => $"{part.Actor} {part.Verdict.ToString().ToLowerInvariant()} {Number(part.Count)}");
        Assert.Equal(
            counted.Order(StringComparer.Ordinal),
            Ask("SELECT concat_ws(' ', actor, verdict, count(*)) FROM {records} r JOIN {labels} l USING (decision) GROUP BY actor, verdict").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Outcomes_are_reported_unless_the_verdict_made_them_none()
    {
        // Labels stand in the order of the events, whose numbers begin with 1.
        var verdicts = Ask("SELECT verdict FROM {labels} l JOIN {records} r USING (decision) ORDER BY l.file_row_number");
        var withheld = day.Rows.Count(row => row.IsReport && (row.Condition == OutcomeCondition.Challenged
            ? verdicts[(int)row.Event - 1] != "challenge"
            : verdicts[(int)row.Event - 1] == "reject"));
        Assert.InRange(withheld, 1, day.Rows.Count(row => row.IsReport) - 1);
        Assert.Equal(withheld, day.Result.Withheld);
        Assert.Equal(day.Rows.Count(row => row.IsReport), day.Result.Reports + day.Result.Withheld);
        Assert.Equal(0, day.Result.Forgotten);
    }

    [Fact]
    public void What_was_reported_stands_in_the_archive_for_a_backtest() => Assert.Equal([Number(day.Result.Reports)], Ask("SELECT count(*) FROM {outcomes}"));

    [Fact]
    public void Phones_come_back_with_the_token_that_they_were_given() =>
        Assert.NotEqual(["0"], Ask("SELECT count(*) FROM {records} r JOIN {labels} l USING (decision) WHERE NOT abusive AND scene = 'send_message' AND device IS NOT NULL"));

    [Fact]
    public async Task The_same_file_gives_the_same_decisions()
    {
        await day.ReplayAsync("again");
        var again = day.Of("again");

        // All that is decided and known; how long it took is another matter.
        const string Decisions = "SELECT concat_ws(' ', decision, verdict, score, rules, contributions, device, md5(features)) FROM {records} ORDER BY time, decision";
        Assert.Equal(Ask(Decisions), Ask(Decisions, again));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(day.Archive, LabelSchema.FileName)), await File.ReadAllBytesAsync(Path.Combine(again, LabelSchema.FileName)));
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_refused_and_left_as_it_is()
    {
        var before = Directory.EnumerateFileSystemEntries(day.Archive).Order(StringComparer.Ordinal).ToList();

        var fault = await Assert.ThrowsAsync<IOException>(() => day.ReplayAsync("archive"));

        Assert.Contains("is not empty", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(day.Archive).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private List<string> Ask(string sql, string? archive = null)
    {
        archive ??= day.Archive;
        using var engine = new DuckDbEngine(threads: 1, memoryBytes: 256L << 20);
        return engine.Query(
            sql.Replace("{records}", Rows(archive, "records"), StringComparison.Ordinal)
                .Replace("{outcomes}", Rows(archive, "outcomes"), StringComparison.Ordinal)
                .Replace("{labels}", DuckDbEngine.Read([Path.Combine(archive, LabelSchema.FileName)], ", file_row_number = true"), StringComparison.Ordinal),
            static row => Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!);
    }

    private static string Rows(string archive, string kind) =>
        DuckDbEngine.Read(Directory.EnumerateFiles(Path.Combine(archive, kind), "*.parquet", SearchOption.AllDirectories));
}
