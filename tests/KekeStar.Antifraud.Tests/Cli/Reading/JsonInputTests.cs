using System.Text;
using Google.Protobuf;
using KekeStar.Antifraud.Cli.Reading;
using KekeStar.Antifraud.Cli.Samples;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli.Reading;

public class JsonInputTests
{
    private const string Secret = "490154203237518";

    [Theory]
    [InlineData("{\n  \"event_id\": \"e\",\n  \"scene\": \"SCENE_LOGGIN\"\n}", 3, 12, "scene", "SCENE_REGISTER, SCENE_LOGIN")]
    [InlineData("{\"event_id\": 7}", 1, 14, "event_id", "in quotes")]
    [InlineData("{\"device\": {\"imei\": 490154203237518}}", 1, 21, "device.imei", "JSON string")]
    [InlineData("{\"device\": {\"sims\": [{}, {\"iccid\": true}]}}", 1, 36, "device.sims[1].iccid", "JSON string")]
    [InlineData("{\"device\": {\"sims\": {}}}", 1, 21, "device.sims", "JSON array")]
    [InlineData("{\"device\": \"phone\"}", 1, 12, "device", "JSON object")]
    [InlineData("{\"consent\": {\"granted\": [2, \"ALL\"]}}", 1, 29, "consent.granted[1]", "CONSENT_CATEGORY_MOTION")]
    [InlineData("{\"event_time\": \"yesterday\"}", 1, 16, "event_time", "RFC 3339")]
    [InlineData("{\"event_time\": 1700000000}", 1, 16, "event_time", "RFC 3339")]
    [InlineData("{\"third_party\": {\"vendor_score\": -1}}", 1, 34, "third_party.vendor_score", "0 to 4294967295")]
    [InlineData("{\"third_party\": {\"vendor_score\": 1.5}}", 1, 34, "third_party.vendor_score", "whole number")]
    [InlineData("{\"device\": {\"accelerometer\": {\"x\": [0, \"NaN\"]}}}", 1, 40, "device.accelerometer.x[1]", "A number")]
    [InlineData("{\"device_token\": \"*\"}", 1, 18, "device_token", "Base64")]
    [InlineData("{\"imei\": \"490154203237518\"}", 1, 2, "", "ScoreRequest has no field of this name")]
    [InlineData("{\"event_id\": \"a\", \"eventId\": \"b\"}", 1, 19, "event_id", "second time")]
    [InlineData("[]", 1, 1, "", "JSON object")]
    [InlineData("", 1, 1, "", "empty")]
    [InlineData("{\"event_id\": \"a\"", 1, 17, "", "not valid JSON")]
    [InlineData("{\n\"event_id\": \"a\",\n}", 3, 1, "", "not valid JSON")]
    [InlineData("{\"event_id\": \"a\"} {}", 1, 19, "", "not valid JSON")]
    [InlineData("{\"account_id\": \"\\ud800\"}", 1, 16, "", "Unicode")]
    public void A_fault_has_a_place_a_field_and_what_is_expected(string json, int line, int column, string field, string problem)
    {
        var fault = Read(json);

        Assert.NotNull(fault);
        Assert.Equal((line, column, field), (fault.Value.Line, fault.Value.Column, fault.Value.Field));
        Assert.Contains(problem, fault.Value.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"device\": {\"imei\": 490154203237518}}")]
    [InlineData("{\"490154203237518\": 1}")]
    [InlineData("{\"event_id\": \"a\" \"490154203237518\"}")]
    [InlineData("{\"event_id\": t490154203237518}")]
    [InlineData("{\"scene\": \"490154203237518\"}")]
    [InlineData("{\"event_time\": \"490154203237518\"}")]
    [InlineData("{\"device_token\": \"490154203237518!\"}")]
    [InlineData("{\"third_party\": {\"vendor_score\": \"490154203237518\"}}")]
    [InlineData("490154203237518")]
    public void A_fault_never_repeats_a_value_of_the_input(string json) =>
        Assert.DoesNotContain(Secret, Read(json)!.Value.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Columns_are_counted_in_characters_not_bytes() =>
        Assert.Equal(33, Read("{\"account_id\": \"可可星球\", \"scene\": \"x\"}")!.Value.Column);

    [Fact]
    public void Both_spellings_of_a_name_numbers_of_an_enum_and_a_byte_order_mark_are_read()
    {
        var request = new ScoreRequest();

        var fault = JsonInput.Read(
            Encoding.UTF8.GetBytes("\uFEFF{\"eventId\": \"a\", \"account_id\": null, \"scene\": 2, \"deviceToken\": \"-_8\"}"), request);

        Assert.Null(fault);
        Assert.Equal(("a", "", Scene.Login), (request.EventId, request.AccountId, request.Scene));
        Assert.Equal([0xFB, 0xFF], request.DeviceToken.ToByteArray());
    }

    [Fact]
    public void What_the_protobuf_library_writes_is_read_as_it_reads_it()
    {
        foreach (var line in SampleTraffic.Lines().Where(l => l.Contains("\"score\": ", StringComparison.Ordinal)))
        {
            var json = line[(line.IndexOf("\"score\": ", StringComparison.Ordinal) + 9)..^1];
            var read = new ScoreRequest();

            Assert.Null(JsonInput.Read(Encoding.UTF8.GetBytes(json), read));
            Assert.Equal(JsonParser.Default.Parse<ScoreRequest>(json), read);
        }
    }

    [Fact]
    public void A_text_longer_than_any_event_is_refused() =>
        Assert.Contains("longer", Read(new string(' ', JsonInput.MaxLength + 1))!.Value.Problem, StringComparison.Ordinal);

    private static InputFault? Read(string json) => JsonInput.Read(Encoding.UTF8.GetBytes(json), new ScoreRequest());
}
