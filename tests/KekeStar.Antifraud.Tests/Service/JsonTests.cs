using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The same service as JSON over the web port.</summary>
[Collection(nameof(ServiceCollection))]
public sealed class JsonTests(SharedService shared)
{
    private const string Canary = "canary8086";

    private readonly ServiceHost _host = shared.Host;

    [Fact]
    public async Task An_event_gets_the_same_answer_as_over_gRPC()
    {
        var request = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        request.ThirdParty = new ThirdPartyResults { Captcha = CaptchaState.Failed };

        var json = await PostAsync("/v1/score", request, ScoreReply.Parser);
        Assert.Equal(Verdict.Challenge, json.Verdict);
        Assert.Equal(await _host.Client.ScoreAsync(request), json);
    }

    [Fact]
    public async Task A_batch_gets_the_same_answers_as_over_gRPC_and_one_too_large_a_clear_400()
    {
        var device = Requests.NewDevice();
        var batch = new ScoreBatchRequest { Events = { Requests.Event(device, "json"), new ScoreRequest(), Requests.Event(device, "json") } };

        var json = await PostAsync("/v1/score:batch", batch, ScoreBatchReply.Parser);
        var counts = json.Replies.Select(reply => reply.Value("device_events")).ToList();
        Assert.Equal([1, 0, 2], counts);
        Assert.Contains("event_id is missing", json.Replies[1].Error.Message, StringComparison.Ordinal);
        Assert.Equal(json.Replies.Select(r => r.EventId), (await _host.Client.ScoreBatchAsync(batch)).Replies.Select(r => r.EventId), StringComparer.Ordinal);

        batch.Events.AddRange(Enumerable.Range(0, IntakeLimits.MaxBatchEvents).Select(_ => Requests.Event(device, "json")));
        using var refused = await _host.Web.PostAsync("/v1/score:batch", Requests.Json(batch));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("more than 256 entries", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_gets_the_same_answer_as_over_gRPC()
    {
        var attempt = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        await _host.Client.ScoreAsync(attempt);
        var report = new ReportRequest { EventId = attempt.EventId, AccountId = attempt.AccountId, Outcome = Outcome.LoginFailed };

        var json = await PostAsync("/v1/report", report, ReportReply.Parser);
        Assert.True(json.EventFound);
        Assert.Equal(await _host.Client.ReportAsync(report), json);
    }

    [Theory]
    [InlineData("/v1/score", "")]
    [InlineData("/v1/score", "{")]
    [InlineData("/v1/score", "\"" + Canary + "\"")]
    [InlineData("/v1/score", "[\"" + Canary + "\"]")]
    [InlineData("/v1/score", "{\"eventId\": {\"" + Canary + "\": 1}}")]
    [InlineData("/v1/score", "{\"eventId\": \"1\", \"scene\": \"" + Canary + "\"}")]
    [InlineData("/v1/score", "{\"eventId\": \"1\", \"scene\": \"SCENE_LOGIN\", \"eventTime\": \"" + Canary + "\"}")]
    [InlineData("/v1/score", "{\"eventId\": \"1\", \"scene\": \"SCENE_LOGIN\", \"deviceToken\": \"" + Canary + "!\"}")]
    [InlineData("/v1/score", "{\"eventId\": \"1\", \"scene\": \"SCENE_LOGIN\", \"thirdParty\": {\"vendorScore\": \"" + Canary + "\"}}")]
    [InlineData("/v1/score", "{\"eventId\": \"1\", \"scene\": \"SCENE_LOGIN\", \"device\": {\"accelerometer\": {\"x\": [\"" + Canary + "\"]}}}")]
    [InlineData("/v1/score", "{\"accountId\": \"" + Canary + "\"}")]
    [InlineData("/v1/score:batch", "{\"events\": \"" + Canary + "\"}")]
    [InlineData("/v1/score:batch", "{\"events\": [\"" + Canary + "\"]}")]
    [InlineData("/v1/score:batch", "{\"events\": [null]}")]
    [InlineData("/v1/report", "{\"outcome\": \"" + Canary + "\"}")]
    [InlineData("/v1/report", "{\"provider\": \"" + Canary + " \"}")]
    [InlineData("/v1/lists/entries", "{\"expiresAt\": \"" + Canary + "\"}")]
    public async Task What_is_no_such_message_gets_a_400_that_echoes_nothing(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var refused = await _host.Web.PostAsync(path, content);
        var answer = await refused.Content.ReadAsStringAsync();

        Assert.True(refused.StatusCode == HttpStatusCode.BadRequest, $"{refused.StatusCode}: {answer}");
        Assert.True(JsonDocument.Parse(answer).RootElement.GetProperty("message").GetString()!.Length > 20, answer);
        Assert.DoesNotContain(Canary, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Log.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_over_1_MiB_is_refused_and_the_service_lives_on()
    {
        using var content = new StringContent(
            "{\"eventId\": \"" + Canary + new string('x', IntakeLimits.MaxBatchBytes) + "\"}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/score") { Content = content };

        // The answer comes before the body: else the service hangs up on a client that is still sending.
        request.Headers.ExpectContinue = true;
        using var refused = await _host.Web.SendAsync(request);
        Assert.InRange((int)refused.StatusCode, 400, 499);
        Assert.DoesNotContain(Canary, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await PostAsync("/v1/score", Requests.Event(Requests.NewDevice(), "json"), ScoreReply.Parser);
    }

    [Fact]
    public async Task What_is_not_JSON_by_its_type_is_refused()
    {
        using var content = new StringContent("eventId=" + Canary, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var refused = await _host.Web.PostAsync("/v1/score", content);
        Assert.InRange((int)refused.StatusCode, 400, 499);
        Assert.DoesNotContain(Canary, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<T> PostAsync<T>(string path, IMessage request, MessageParser<T> parser)
        where T : IMessage<T>
    {
        using var content = Requests.Json(request);
        using var response = await _host.Web.PostAsync(path, content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return parser.ParseJson(body);
    }
}
