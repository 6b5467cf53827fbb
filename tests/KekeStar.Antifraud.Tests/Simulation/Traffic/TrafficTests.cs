using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Simulation.Traffic;

/// <summary>What stands in the traffic of a few days.</summary>
public sealed class TrafficTests(ThreeDays traffic) : IClassFixture<ThreeDays>
{
    [Fact]
    public void Rows_stand_in_the_order_of_their_times_within_the_days_that_are_told()
    {
        var times = traffic.Rows.Select(row => row.TimeMilliseconds).ToList();
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[0], TrafficSimulation.UsualStart.ToUnixTimeMilliseconds(), long.MaxValue);
        Assert.InRange(times[^1], 0, TrafficSimulation.UsualStart.AddDays(ThreeDays.Days).ToUnixTimeMilliseconds() - 1);
    }

    [Fact]
    public void About_as_many_events_as_were_asked_for_are_told() =>
        Assert.InRange(traffic.Rows.Count(row => !row.IsReport), ThreeDays.Wanted * 0.8, ThreeDays.Wanted * 1.2);

    [Fact]
    public void Every_segment_and_every_adversary_acts() => Assert.Equal(
        TrafficCatalogue.Segments.Concat(TrafficCatalogue.Adversaries).Select(source => source.Name).Order(StringComparer.Ordinal),
        traffic.Rows.Where(row => !row.IsReport).Select(row => row.Actor).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void An_adversary_s_events_are_abusive_and_carry_a_risk_and_nobody_else_s_do()
    {
        var adversaries = TrafficCatalogue.Adversaries.Select(source => source.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(traffic.Rows, row =>
        {
            Assert.Equal(adversaries.Contains(row.Actor), row.IsAbusive);
            Assert.Equal(row.IsAbusive, row.Risk is "batch_registration" or "bot" or "account_theft");
            Assert.True(row.IsAbusive || !row.IsUnseen);
        });
        Assert.Contains(traffic.Rows, row => row.IsUnseen);
        Assert.Contains(traffic.Rows, row => row is { IsAbusive: true, IsUnseen: false });
    }

    [Fact]
    public void A_row_s_message_is_of_its_time_and_an_event_s_number_is_its_own()
    {
        var events = traffic.Rows.Where(row => !row.IsReport).ToList();
        Assert.Equal(events.Count, events.Select(row => row.Event).Distinct().Count());
        Assert.All(events, row =>
        {
            var request = ScoreRequest.Parser.ParseFrom(row.Message.Span);
            Assert.Equal($"event-{row.Event}", request.EventId);
            Assert.Equal(row.TimeMilliseconds, request.EventTime.ToDateTimeOffset().ToUnixTimeMilliseconds());
            Assert.Equal(request.Scene == Scene.Register, request.AccountId.Length == 0);
            Assert.NotEmpty(request.ClientIp);
        });
    }

    [Fact]
    public void An_outcome_comes_after_its_event_and_not_every_one_comes()
    {
        var events = traffic.Rows.Where(row => !row.IsReport).ToDictionary(row => row.Event);
        var logins = events.Values.Count(row => ScoreRequest.Parser.ParseFrom(row.Message.Span).Scene is Scene.Login or Scene.NewDeviceLogin);
        var late = new List<TimeSpan>();
        foreach (var row in traffic.Rows.Where(row => row.IsReport))
        {
            var report = ReportRequest.Parser.ParseFrom(row.Message.Span);
            var scored = events[row.Event];
            Assert.Equal($"event-{row.Event}", report.EventId);
            Assert.Equal(scored.Actor, row.Actor);
            Assert.InRange(row.TimeMilliseconds, scored.TimeMilliseconds, long.MaxValue);
            Assert.Equal(OutcomeDelivery.ConditionOf(report.Outcome), row.Condition);
            if (report.Outcome is Outcome.HarassmentConfirmed or Outcome.AccountTheftConfirmed)
            {
                late.Add(TimeSpan.FromMilliseconds(row.TimeMilliseconds - scored.TimeMilliseconds));
            }
        }

        Assert.InRange(late.Average(delay => delay.TotalHours), 1, 24 * ThreeDays.Days);
        var told = traffic.Rows.Where(row => row.IsReport).Count(row =>
            ReportRequest.Parser.ParseFrom(row.Message.Span).Outcome is Outcome.LoginSucceeded or Outcome.LoginFailed);
        Assert.InRange(told, logins * 0.8, logins * 0.99);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_file_and_another_seed_another()
    {
        var again = await traffic.Folder.WriteAsync("again.parquet", ThreeDays.Seed, ThreeDays.Days, ThreeDays.Wanted);
        Assert.Equal(await File.ReadAllBytesAsync(traffic.Path), await File.ReadAllBytesAsync(again));

        var other = await traffic.Folder.WriteAsync("other.parquet", ThreeDays.Seed + 1, ThreeDays.Days, ThreeDays.Wanted);
        Assert.NotEqual(await File.ReadAllBytesAsync(again), await File.ReadAllBytesAsync(other));
    }
}
