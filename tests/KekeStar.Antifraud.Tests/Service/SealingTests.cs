using System.Net;
using Google.Protobuf;
using Grpc.Core;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Tests.Intake.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Sealed identifiers through the whole service, by every way in.</summary>
public sealed class SealingTests : IAsyncLifetime
{
    private readonly IdentifierSealer _sealer = SealingUnderTest.Sealer();
    private ServiceHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await ServiceHost.StartAsync($"--Antifraud:Sealing:Keys={SealingUnderTest.Text((SealingUnderTest.KeyId, SealingUnderTest.Key))}");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Sealed_and_unsealed_events_of_one_device_are_counted_together_by_every_way_in()
    {
        var device = Requests.NewDevice();
        var accounts = Enumerable.Range(0, 5).Select(_ => Requests.NewAccount()).ToArray();
        var unsealed = Requests.Event(device, accounts[0]);
        Assert.Equal(1, (await _host.Client.ScoreAsync(unsealed)).Value("device_accounts"));
        Assert.Equal(2, (await _host.Client.ScoreAsync(Sealed(device, accounts[1]))).Value("device_accounts"));

        var batch = await _host.Client.ScoreBatchAsync(new ScoreBatchRequest { Events = { Sealed(device, accounts[2]) } });
        Assert.Equal(3, Assert.Single(batch.Replies).Value("device_accounts"));

        using var stream = _host.Client.ScoreStream();
        await stream.RequestStream.WriteAsync(Sealed(device, accounts[3]));
        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.Equal(4, stream.ResponseStream.Current.Value("device_accounts"));
        await stream.RequestStream.CompleteAsync();

        using var json = await _host.Web.PostAsync(new Uri("/v1/score", UriKind.Relative), Requests.Json(Sealed(device, accounts[4])));
        Assert.Equal(HttpStatusCode.OK, json.StatusCode);
        Assert.Equal(5, JsonParser.Default.Parse<ScoreReply>(await json.Content.ReadAsStringAsync()).Value("device_accounts"));
    }

    [Fact]
    public async Task A_sealed_report_finds_its_event()
    {
        var account = Requests.NewAccount();
        var attempt = Sealed(Requests.NewDevice(), account);
        await _host.Client.ScoreAsync(attempt);
        var report = new ReportRequest { EventId = attempt.EventId, AccountId = account, Outcome = Outcome.LoginFailed };
        _sealer.Seal(report);
        Assert.True((await _host.Client.ReportAsync(report)).EventFound);

        report.EventId = "another";
        var refused = await Requests.StatusOfAsync(() => _host.Client.ReportAsync(report).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("sealed_identifiers cannot be opened", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_opened_fails_its_event_alone()
    {
        var wrong = Sealed(Requests.NewDevice(), Requests.NewAccount());
        wrong.EventId = "another";
        var refused = await Requests.StatusOfAsync(() => _host.Client.ScoreAsync(wrong).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("sealed_identifiers cannot be opened", refused.Detail, StringComparison.Ordinal);

        var batch = await _host.Client.ScoreBatchAsync(new ScoreBatchRequest { Events = { wrong, Sealed(Requests.NewDevice(), Requests.NewAccount()) } });
        Assert.Equal((3, wrong.EventId), (batch.Replies[0].Error.Code, batch.Replies[0].EventId));
        Assert.Null(batch.Replies[1].Error);

        using var unknown = new IdentifierSealer(99, SealingUnderTest.Key);
        var request = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        unknown.Seal(request);
        refused = await Requests.StatusOfAsync(() => _host.Client.ScoreAsync(request).ResponseAsync);
        Assert.Contains("does not know", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_sealed_requests_are_refused_and_others_are_not()
    {
        await using var host = await ServiceHost.StartAsync();
        var refused = await Requests.StatusOfAsync(() => host.Client.ScoreAsync(Sealed(Requests.NewDevice(), Requests.NewAccount())).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains("Antifraud:Sealing:File", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(1, (await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()))).Value("device_accounts"));
    }

    [Fact]
    public async Task Wrong_settings_stop_the_start()
    {
        var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceHost.StartAsync("--Antifraud:Sealing:Keys={}"));
        Assert.StartsWith("Antifraud:Sealing:Keys", wrong.Message, StringComparison.Ordinal);
        var both = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ServiceHost.StartAsync(
            "--Antifraud:Sealing:Keys={}", "--Antifraud:Sealing:File=/nowhere/sealing.json", "--Antifraud:Sealing:PollInterval=00:00:00.001"));
        Assert.Contains(both.Failures, failure => failure.StartsWith("Antifraud:Sealing:File and Antifraud:Sealing:Keys are both set", StringComparison.Ordinal));
        Assert.Contains(both.Failures, failure => failure.StartsWith("Antifraud:Sealing:PollInterval is", StringComparison.Ordinal));
        var missing = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => ServiceHost.StartAsync("--Antifraud:Sealing:File=/nowhere/sealing.json"));
        Assert.StartsWith("Antifraud:Sealing:File is '/nowhere/sealing.json'", Assert.Single(missing.Failures), StringComparison.Ordinal);
    }

    private ScoreRequest Sealed(string device, string account)
    {
        var request = Requests.Event(device, account);
        _sealer.Seal(request);
        return request;
    }
}
