using Google.Protobuf;
using Grpc.Core;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.V1;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Score, ScoreStream and ScoreBatch over gRPC.</summary>
[Collection(nameof(ServiceCollection))]
public sealed class ScoreTests(SharedService shared)
{
    private readonly ServiceHost _host = shared.Host;

    [Fact]
    public async Task An_answer_counts_the_event_itself_and_its_reasons_sum_to_the_score()
    {
        var device = Requests.NewDevice();
        var first = await _host.Client.ScoreAsync(Requests.Event(device, Requests.NewAccount()));
        var second = await _host.Client.ScoreAsync(Requests.Event(device, Requests.NewAccount()));

        Assert.Equal((1, 1, 1), (first.Value("device_events"), first.Value("device_accounts"), first.Value("account_events")));
        Assert.Equal((2, 2, 1), (second.Value("device_events"), second.Value("device_accounts"), second.Value("account_events")));
        Assert.Equal(second.Score, second.Reasons.Sum(reason => reason.Contribution));
        Assert.Equal((Verdict.Pass, "probe-1"), (second.Verdict, second.PolicyVersion));
        Assert.Empty(second.Degraded);
        Assert.Equal(first.DeviceToken, second.DeviceToken);
    }

    [Fact]
    public async Task A_device_token_stands_for_the_device_that_it_was_given_to()
    {
        var first = await _host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
        var later = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        later.DeviceToken = first.DeviceToken;

        Assert.Equal(2, (await _host.Client.ScoreAsync(later)).Value("device_events"));
    }

    [Fact]
    public async Task The_score_decides_the_verdict()
    {
        var challenged = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        challenged.ThirdParty = new ThirdPartyResults { Captcha = CaptchaState.Failed };
        var rejected = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        rejected.ThirdParty = new ThirdPartyResults { VendorScore = 950 };

        var challenge = await _host.Client.ScoreAsync(challenged);
        Assert.Equal((Verdict.Challenge, ChallengeKind.Captcha), (challenge.Verdict, challenge.Challenge));
        var reject = await _host.Client.ScoreAsync(rejected);
        Assert.Equal((Verdict.Reject, ChallengeKind.Unspecified), (reject.Verdict, reject.Challenge));
        Assert.Equal(950, reject.Value("vendor_certain"));
    }

    [Theory]
    [InlineData(ReasonLanguage.Unspecified, "")]
    [InlineData(ReasonLanguage.English, "English account_events")]
    [InlineData(ReasonLanguage.SimplifiedChinese, "中文 account_events")]
    public async Task Reasons_are_in_the_language_asked_for(ReasonLanguage language, string text)
    {
        var request = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        request.ReasonLanguage = language;

        var reply = await _host.Client.ScoreAsync(request);
        Assert.Equal(text, reply.Reasons.Single(reason => reason.Rule == "account_events").Text);
    }

    [Fact]
    public async Task A_retry_gets_the_same_bytes_and_counts_nothing()
    {
        var device = Requests.NewDevice();
        var account = Requests.NewAccount();
        var request = Requests.Event(device, account).ToByteArray();
        var first = await _host.Channel.SendAsync("Score", request);
        var retries = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _host.Channel.SendAsync("Score", request)));

        Assert.All(retries, retry => Assert.Equal(first, retry));
        var next = await _host.Client.ScoreAsync(Requests.Event(device, account));
        Assert.Equal((2, 2), (next.Value("device_events"), next.Value("account_events")));
    }

    [Fact]
    public async Task A_stream_keeps_its_order_and_goes_on_after_an_event_that_cannot_be_scored()
    {
        var device = Requests.NewDevice();
        var requests = Enumerable.Range(0, 200).Select(_ => Requests.Event(device, "stream", Scene.SendMessage)).ToList();
        requests[70].Scene = Scene.Unspecified;
        requests[140].EventId = new string('x', IntakeLimits.MaxEventIdBytes + 1);
        using var stream = _host.Client.ScoreStream();
        var writing = Task.Run(async () =>
        {
            foreach (var request in requests)
            {
                await stream.RequestStream.WriteAsync(request);
            }

            await stream.RequestStream.CompleteAsync();
        });
        var replies = new List<ScoreReply>();
        await foreach (var reply in stream.ResponseStream.ReadAllAsync())
        {
            replies.Add(reply);
        }

        await writing;
        Assert.Equal(requests.Count, replies.Count);
        var counted = 0;
        for (var i = 0; i < requests.Count; i++)
        {
            if (i is 70 or 140)
            {
                Assert.Equal((int)StatusCode.InvalidArgument, replies[i].Error.Code);
                Assert.Contains(i == 70 ? "scene" : "event_id", replies[i].Error.Message, StringComparison.Ordinal);
                Assert.Equal(Verdict.Unspecified, replies[i].Verdict);
                continue;
            }

            counted++;
            Assert.Null(replies[i].Error);
            Assert.Equal((requests[i].EventId, counted), (replies[i].EventId, replies[i].Value("device_events")));
        }
    }

    [Fact]
    public async Task A_stream_may_carry_more_than_one_message_may()
    {
        var device = Requests.NewDevice();
        using var stream = _host.Client.ScoreStream();
        const int Count = 60;
        for (var i = 0; i < Count; i++)
        {
            var request = Requests.Event(device, "long-stream");
            request.Device.Software.AddRange(Enumerable.Repeat(new string('a', 100), 400));
            await stream.RequestStream.WriteAsync(request);
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }

        Assert.True(Count * 400 * 100 > 2 * IntakeLimits.MaxBatchBytes);
        Assert.Equal(Count, stream.ResponseStream.Current.Value("device_events"));
    }

    [Fact]
    public async Task A_batch_of_256_is_answered_in_order_and_one_of_257_is_refused()
    {
        var device = Requests.NewDevice();
        var batch = new ScoreBatchRequest();
        batch.Events.AddRange(Enumerable.Range(0, IntakeLimits.MaxBatchEvents).Select(_ => Requests.Event(device, "batch")));
        batch.Events[100].EventId = "";

        var reply = await _host.Client.ScoreBatchAsync(batch);
        Assert.Equal(batch.Events.Select(e => e.EventId), reply.Replies.Select(r => r.EventId), StringComparer.Ordinal);
        Assert.Contains("event_id is missing", reply.Replies[100].Error.Message, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(1, IntakeLimits.MaxBatchEvents - 1).Select(n => (double)n),
            reply.Replies.Where(r => r.Error is null).Select(r => r.Value("device_events")).Order());

        batch.Events.Add(Requests.Event(device, "batch"));
        var refused = await Requests.StatusOfAsync(() => _host.Client.ScoreBatchAsync(batch).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains("256", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(256, (await _host.Client.ScoreAsync(Requests.Event(device, "batch"))).Value("device_events"));
    }

    [Fact]
    public void The_gRPC_methods_are_those_of_the_hot_path_although_JSON_is_on()
    {
        foreach (var method in new[] { "Score", "ScoreStream", "ScoreBatch", "Report" })
        {
            var path = $"/{V1.Antifraud.Descriptor.FullName}/{method}";
            var endpoints = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints
                .OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.RoutePattern.RawText == path)
                .OrderBy(endpoint => endpoint.Order)
                .ToList();
            Assert.Equal(2, endpoints.Count);
            Assert.True(endpoints[0].Order < endpoints[1].Order);
            Assert.Equal(
                typeof(AntifraudService), endpoints[0].Metadata.GetRequiredMetadata<Grpc.AspNetCore.Server.GrpcMethodMetadata>().ServiceType);
        }
    }
}
