using Grpc.Core;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Outcomes, and what they do to the account's and the device's later events.</summary>
[Collection(nameof(ServiceCollection))]
public sealed class ReportTests(SharedService shared)
{
    private readonly V1.Antifraud.AntifraudClient _client = shared.Host.Client;

    [Fact]
    public async Task A_failed_login_counts_as_failure_of_the_account_and_of_the_device()
    {
        var device = Requests.NewDevice();
        var account = Requests.NewAccount();
        var attempt = Requests.Event(device, account);
        await _client.ScoreAsync(attempt);
        var report = new ReportRequest { EventId = attempt.EventId, AccountId = account, Outcome = Outcome.LoginFailed };
        var found = await _client.ReportAsync(report);
        var again = await _client.ReportAsync(report);

        Assert.True(found.EventFound);
        Assert.Equal(found, again);
        Assert.Empty(found.Degraded);
        Assert.True(found.WindowsWritten >= 3);
        var next = await _client.ScoreAsync(Requests.Event(device, account));
        Assert.Equal(1, next.Value("device_failures"));
        Assert.Equal(1, next.Value("account_failures"));
        Assert.Equal((2, 2), (next.Value("device_events"), next.Value("account_events")));
    }

    [Fact]
    public async Task An_event_without_an_account_is_found_by_its_id_alone_and_one_with_an_account_only_with_it()
    {
        var device = Requests.NewDevice();
        var attempt = Requests.Event(device, "");
        await _client.ScoreAsync(attempt);
        Assert.True((await _client.ReportAsync(new ReportRequest { EventId = attempt.EventId, Outcome = Outcome.CaptchaFailed })).EventFound);
        Assert.Equal(1, (await _client.ScoreAsync(Requests.Event(device, Requests.NewAccount()))).Value("device_failures"));

        var owned = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        await _client.ScoreAsync(owned);
        Assert.False((await _client.ReportAsync(new ReportRequest { EventId = owned.EventId, Outcome = Outcome.CaptchaFailed })).EventFound);
    }

    [Fact]
    public async Task A_failed_login_of_a_familiar_account_is_found_too()
    {
        var device = Requests.NewDevice();
        var account = Requests.NewAccount();
        for (var i = 0; i < 5; i++)
        {
            var attempt = Requests.Event(device, account);
            await _client.ScoreAsync(attempt);
            var written = await _client.ReportAsync(
                new ReportRequest { EventId = attempt.EventId, AccountId = account, Outcome = Outcome.LoginFailed });
            Assert.True(written.EventFound);
        }

        var next = await _client.ScoreAsync(Requests.Event(device, account));
        Assert.Equal((5, 5), (next.Value("device_failures"), next.Value("account_failures")));
    }

    [Fact]
    public async Task The_outcome_of_an_unknown_event_goes_to_the_account_or_nowhere()
    {
        var account = Requests.NewAccount();
        var toAccount = await _client.ReportAsync(
            new ReportRequest { EventId = Guid.NewGuid().ToString(), AccountId = account, Outcome = Outcome.LoginFailed });
        var nowhere = await _client.ReportAsync(new ReportRequest { EventId = Guid.NewGuid().ToString(), Outcome = Outcome.LoginFailed });

        Assert.Equal((false, 1u), (toAccount.EventFound, toAccount.WindowsWritten));
        Assert.Equal((false, 0u), (nowhere.EventFound, nowhere.WindowsWritten));
        Assert.Equal(1, (await _client.ScoreAsync(Requests.Event(Requests.NewDevice(), account))).Value("account_failures"));
    }

    [Fact]
    public async Task Whoever_passed_a_captcha_is_not_challenged_again_on_that_device_and_on_others_is()
    {
        var device = Requests.NewDevice();
        var account = Requests.NewAccount();
        var challenged = Challenging(device, account);
        Assert.Equal(Verdict.Challenge, (await _client.ScoreAsync(challenged)).Verdict);
        await _client.ReportAsync(new ReportRequest
        {
            EventId = challenged.EventId,
            AccountId = account,
            Outcome = Outcome.CaptchaPassed,
            Provider = "geetest",
        });

        var exempt = await _client.ScoreAsync(Challenging(device, account));
        Assert.Equal(Verdict.Pass, exempt.Verdict);
        Assert.Contains("step_up_exempt", exempt.Labels, StringComparer.Ordinal);
        Assert.True(exempt.Score > 500);
        Assert.Equal(Verdict.Challenge, (await _client.ScoreAsync(Challenging(Requests.NewDevice(), account))).Verdict);
        Assert.Equal(Verdict.Challenge, (await _client.ScoreAsync(Challenging(device, Requests.NewAccount()))).Verdict);
    }

    [Fact]
    public async Task A_completed_registration_links_the_new_account_with_the_device()
    {
        var device = Requests.NewDevice();
        var registration = Requests.Event(device, "", Scene.Register);
        Assert.Equal(0, (await _client.ScoreAsync(registration)).Value("device_accounts"));
        var account = Requests.NewAccount();
        var written = await _client.ReportAsync(
            new ReportRequest { EventId = registration.EventId, AccountId = account, Outcome = Outcome.RegistrationCompleted });

        Assert.True(written.EventFound);
        var other = await _client.ScoreAsync(Requests.Event(device, Requests.NewAccount()));
        Assert.Equal(2, other.Value("device_accounts"));
        Assert.Equal(2, (await _client.ScoreAsync(Requests.Event(device, account))).Value("device_accounts"));
    }

    [Theory]
    [InlineData("", Outcome.LoginFailed, "", "event_id")]
    [InlineData("id", Outcome.Unspecified, "", "outcome")]
    [InlineData("id", (Outcome)99, "", "outcome")]
    [InlineData("id", Outcome.LoginFailed, "Not A Name", "provider")]
    public async Task A_report_that_cannot_be_used_is_refused(string eventId, Outcome outcome, string provider, string named)
    {
        var refused = await Requests.StatusOfAsync(() => _client.ReportAsync(
            new ReportRequest { EventId = eventId, Outcome = outcome, Provider = provider }).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith(named, refused.Detail, StringComparison.Ordinal);
    }

    private static ScoreRequest Challenging(string device, string account)
    {
        var request = Requests.Event(device, account);
        request.ThirdParty = new ThirdPartyResults { Captcha = CaptchaState.Failed };
        return request;
    }
}
