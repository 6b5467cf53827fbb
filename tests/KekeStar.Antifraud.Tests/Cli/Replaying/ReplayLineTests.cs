using System.Text;
using KekeStar.Antifraud.Cli.Replaying;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli.Replaying;

public class ReplayLineTests
{
    [Fact]
    public void An_envelope_holds_an_event_with_group_and_offset()
    {
        var fault = Read("""{"group": "gang", "offset_ms": 1500, "score": {"event_id": "a", "scene": "SCENE_LOGIN"}}""", out var entry);

        Assert.Null(fault);
        Assert.Equal(("gang", 1500L, "a"), (entry.Group, entry.OffsetMilliseconds!.Value, entry.EventId));
        Assert.Equal(Scene.Login, entry.Score!.Scene);
        Assert.Null(entry.Report);
    }

    [Fact]
    public void An_envelope_holds_a_report()
    {
        var fault = Read("""{"report": {"event_id": "a", "account_id": "b", "outcome": "OUTCOME_LOGIN_FAILED"}}""", out var entry);

        Assert.Null(fault);
        Assert.Equal((ReplayEntry.NoGroup, "b", Outcome.LoginFailed), (entry.Group, entry.AccountId, entry.Report!.Outcome));
    }

    [Fact]
    public void A_bare_event_needs_no_envelope()
    {
        Assert.Null(Read("""{"event_id": "a", "device": {"model": "score"}}""", out var entry));
        Assert.Equal("score", entry.Score!.Device.Model);
    }

    [Theory]
    [InlineData("{\"group\": \"g\"}", "exactly one of score and report")]
    [InlineData("{\"score\": {}, \"report\": {}}", "exactly one of score and report")]
    [InlineData("{\"score\": {}, \"label\": 1}", "no field of this name")]
    [InlineData("{\"score\": {}, \"offset_ms\": -1}", "offset_ms: A whole number")]
    [InlineData("{\"score\": {}, \"offset_ms\": \"1\"}", "offset_ms: A whole number")]
    [InlineData("{\"score\": {}, \"group\": \"\"}", "group: A JSON string")]
    [InlineData("{\"score\": {\"event_time\": \"2026-01-31T08:00:00Z\"}, \"offset_ms\": 1}", "not both")]
    [InlineData("{\"score\": {\"scene\": \"LOGIN\"}}", "score.scene: One of these names")]
    [InlineData("7", "JSON object")]
    public void A_wrong_line_is_refused_with_its_number(string json, string problem)
    {
        var fault = Read(json, out _);

        Assert.Equal(12, fault!.Value.Line);
        Assert.Contains(problem, fault.Value.ToString(), StringComparison.Ordinal);
    }

    private static Antifraud.Cli.Reading.InputFault? Read(string json, out ReplayEntry entry) =>
        ReplayLine.Read(Encoding.UTF8.GetBytes(json), 12, out entry);
}
