using Grpc.Core;
using KekeStar.Antifraud.Cli.Samples;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli.Replaying;

public class ReplayCommandTests
{
    [Fact]
    public async Task Lines_of_one_account_or_event_keep_their_order_at_any_concurrency()
    {
        var lines = Enumerable.Range(0, 300).SelectMany(n => (string[])
        [
            $$$"""{"score": {"event_id": "e{{{n}}}", "account_id": "a{{{n % 3}}}"}}""",
            $$$"""{"report": {"event_id": "e{{{n}}}"}}""",
        ]);
        var script = new ScriptedService.Script();
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal(string.Join('\n', lines));

        Assert.Equal(0, await terminal.RunAsync("replay", "-", "--concurrency", "64", "--address", service.Address));

        var asked = script.Asked.ToArray();
        Assert.Equal(600, asked.Length);
        foreach (var account in asked.OfType<ScoreRequest>().GroupBy(r => r.AccountId, StringComparer.Ordinal))
        {
            var numbers = account.Select(r => int.Parse(r.EventId[1..], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(numbers.Order(), numbers);
        }

        Assert.All(asked.OfType<ReportRequest>(), report =>
            Assert.True(Array.FindIndex(asked, a => a is ScoreRequest s && s.EventId == report.EventId) < Array.IndexOf(asked, report)));
    }

    [Fact]
    public async Task A_bad_line_is_named_and_nothing_is_sent()
    {
        var script = new ScriptedService.Script();
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal("""{"event_id": "a"}""" + "\n\n{\"score\": {\"scene\": true}}\n");

        Assert.Equal(2, await terminal.RunAsync("replay", "-", "--address", service.Address));
        Assert.Contains("line 3, column 21: score.scene:", terminal.Error, StringComparison.Ordinal);
        Assert.Empty(script.Asked);
    }

    [Fact]
    public async Task A_file_longer_than_the_service_takes_is_refused_with_now()
    {
        var terminal = new TestTerminal("""{"offset_ms": 0, "score": {}}""" + "\n" + """{"offset_ms": 90000000, "score": {}}""");

        Assert.Equal(2, await terminal.RunAsync("replay", "-", "--now"));
        Assert.Contains("nothing was sent", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_event_is_named_by_its_line_and_the_others_go_on()
    {
        var script = new ScriptedService.Script
        {
            OnScore = r => r.EventId == "b"
                ? throw ScriptedService.Script.Refuse(StatusCode.InvalidArgument, "scene: required")
                : new ScoreReply { Verdict = Verdict.Pass },
        };
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal("""{"event_id": "a"}""" + "\n" + """{"event_id": "b"}""" + "\n" + """{"event_id": "c"}""");

        Assert.Equal(3, await terminal.RunAsync("replay", "-", "--address", service.Address));
        Assert.Contains("line 2: The service answered InvalidArgument: scene: required", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains("2 lines answered", terminal.ScreenText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_stops_at_once_where_nobody_listens()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 5_000).Select(n => $$"""{"event_id": "e{{n}}"}"""));
        var terminal = new TestTerminal(lines);

        Assert.Equal(3, await terminal.RunAsync("replay", "-", "--concurrency", "1", "--address", "http://127.0.0.1:1"));
        Assert.Contains("line 1: The service cannot be reached", terminal.ScreenText, StringComparison.Ordinal);
        Assert.DoesNotContain("line 2:", terminal.ScreenText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_is_placed_within_the_last_day_under_new_event_ids()
    {
        var script = new ScriptedService.Script();
        await using var service = await ScriptedService.StartAsync(script);
        var now = DateTimeOffset.UtcNow;

        Assert.Equal(0, await new TestTerminal().RunAsync("replay", "--sample", "--address", service.Address));
        Assert.Equal(0, await new TestTerminal().RunAsync("replay", "--sample", "--address", service.Address));

        var scores = script.Asked.OfType<ScoreRequest>().ToArray();
        Assert.Equal(scores.Length, scores.Select(s => s.EventId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(scores, s => Assert.True(s.EventId.Length <= 64));
        Assert.All(scores, s => Assert.InRange(s.EventTime.ToDateTimeOffset(), now.AddHours(-20), now.AddMinutes(9)));
        Assert.Equal(2 * SampleTraffic.File.Entries().Count(), script.Asked.Count);
    }
}
