using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>Wrong outcomes are taken back over gRPC.</summary>
public sealed class CorrectionTests : IAsyncLifetime
{
    private ServiceHost _host = null!;

    public async Task InitializeAsync() => _host = await ServiceHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_corrected_outcome_counts_nowhere_any_more_and_the_attempt_and_other_outcomes_stay()
    {
        var (account, device) = (Requests.NewAccount(), Requests.NewDevice());
        var wrong = Requests.Event(device, account);
        var right = Requests.Event(device, account);
        await _host.ScoreAsync(wrong);
        await _host.ScoreAsync(right);
        await _host.ReportAsync(wrong, Outcome.LoginFailed);
        await _host.ReportAsync(right, Outcome.LoginFailed);

        Assert.Equal(0ul, (await _host.CorrectAsync(wrong, Outcome.LoginSucceeded)).RecordsRemoved);
        var reply = await _host.CorrectAsync(wrong, Outcome.LoginFailed);

        Assert.Equal(6ul, reply.RecordsRemoved);
        var next = await _host.ScoreAsync(Requests.Event(device, account));
        Assert.Equal((1, 1), (next.Value("account_failures"), next.Value("device_failures")));
        Assert.Equal((3, 3), (next.Value("account_events"), next.Value("device_events")));
        Assert.Equal(0ul, (await _host.CorrectAsync(wrong, Outcome.LoginFailed)).RecordsRemoved);
        var done = _host.AuditLines("correct_outcome").Last(line => line.ReceiptId == reply.ReceiptId);
        Assert.Equal(reply.ReceiptHash, done.Hash);
        Assert.DoesNotContain(wrong.EventId, _host.AuditText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_without_an_account_is_corrected_by_its_id()
    {
        var device = Requests.NewDevice();
        var wrong = Requests.Event(device, "");
        await _host.ScoreAsync(wrong);
        await _host.ReportAsync(wrong, Outcome.CaptchaFailed);

        Assert.True((await _host.CorrectAsync(wrong, Outcome.CaptchaFailed)).RecordsRemoved > 0);
        Assert.Equal(0, (await _host.ScoreAsync(Requests.Event(device, Requests.NewAccount()))).Value("device_failures"));
    }
}
