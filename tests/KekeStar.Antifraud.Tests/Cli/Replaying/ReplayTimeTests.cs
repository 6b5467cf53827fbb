using System.Text;
using CsCheck;
using KekeStar.Antifraud.Cli.Replaying;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Cli.Replaying;

public class ReplayTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_last_event_is_placed_at_now_and_distances_stay() => Gen.Long[0, 70_000_000].Array[1, 20].Sample(offsets =>
    {
        var entries = offsets.Select(o => Event(o)).ToArray();

        foreach (var entry in entries)
        {
            ReplayTime.Place(entry, offsets.Max(), Now);
        }

        var times = entries.Select(e => e.Score!.EventTime.ToDateTimeOffset()).ToArray();
        Assert.Equal(Now, times.Max());
        Assert.Equal(offsets.Select(o => o - offsets[0]), times.Select(t => (long)(t - times[0]).TotalMilliseconds));
    });

    [Fact]
    public void A_report_is_placed_like_an_event_and_a_line_without_time_is_left_alone()
    {
        var report = new ReplayEntry { Line = 1, OffsetMilliseconds = 500, Report = new ReportRequest() };
        var timeless = new ReplayEntry { Line = 2, Score = new ScoreRequest() };

        ReplayTime.Place(report, 1_000, Now);
        ReplayTime.Place(timeless, 1_000, Now);

        Assert.Equal(Now.AddMilliseconds(-500), report.Report.OutcomeTime.ToDateTimeOffset());
        Assert.Null(timeless.Score.EventTime);
    }

    [Fact]
    public void An_event_and_its_report_get_the_same_new_id()
    {
        var scored = new ReplayEntry { Line = 1, Score = new ScoreRequest { EventId = "e" } };
        var reported = new ReplayEntry { Line = 2, Report = new ReportRequest { EventId = "e" } };

        ReplayTime.Renew(scored, "-run");
        ReplayTime.Renew(reported, "-run");

        Assert.Equal(("e-run", "e-run"), (scored.EventId, reported.EventId));
    }

    [Fact]
    public void Times_of_the_day_and_offsets_do_not_mix_in_one_file()
    {
        var survey = FileOf(
            """{"offset_ms": 1, "score": {}}""",
            "",
            """{"event_time": "2026-01-31T08:00:00Z"}""").Survey();

        Assert.Equal((2, 1), (survey.Entries, survey.FaultCount));
        Assert.Equal(3, survey.Faults[0].Line);
    }

    [Fact]
    public void A_survey_finds_first_and_last_time_and_keeps_twenty_faults()
    {
        var survey = FileOf(
            [
                """{"offset_ms": 700, "score": {}}""",
                """{"offset_ms": 20, "report": {}}""",
                .. Enumerable.Repeat("nonsense", 30),
            ]).Survey();

        Assert.Equal((2, 20L, 700L), (survey.Entries, survey.First!.Value, survey.Last!.Value));
        Assert.Equal((30, 20), (survey.FaultCount, survey.Faults.Count));
    }

    [Fact]
    public void A_pace_of_ten_is_due_after_a_tenth_of_the_time()
    {
        var clock = new FakeTimeProvider();
        var pace = new ReplayPace(10, first: 1_000, clock);

        Assert.Equal(TimeSpan.FromMilliseconds(50), pace.Due(Event(1_500)));
        var wait = pace.WaitAsync(Event(1_500), default);
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(wait.IsCompletedSuccessfully);
        Assert.Equal(TimeSpan.Zero, ReplayPace.Fastest.Due(Event(1_500)));
    }

    [Theory]
    [InlineData("max", double.PositiveInfinity)]
    [InlineData("1", 1.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("fast", null)]
    [InlineData(null, null)]
    public void A_speed_is_max_or_a_number_above_zero(string? text, double? expected) =>
        Assert.Equal(expected, ReplayCommand.ParseSpeed(text));

    private static ReplayEntry Event(long offset) =>
        new() { Line = 1, OffsetMilliseconds = offset, Score = new ScoreRequest() };

    private static ReplayFile FileOf(params string[] lines) =>
        new(() => new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
