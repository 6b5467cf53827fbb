using System.Globalization;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Rights;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Tests.Audit;

namespace KekeStar.Antifraud.Tests.Dashboard.Rights;

/// <summary>Requests and their state, as they are read from the audit log.</summary>
public sealed class RightsRequestsTests : IDisposable
{
    private const string Account = "00112233445566ff";

    private readonly AuditUnderTest _audit = new();
    private readonly AuditLog _log;

    public RightsRequestsTests() => _log = _audit.Open();

    public void Dispose()
    {
        _log.Dispose();
        _audit.Dispose();
    }

    [Fact]
    public async Task What_was_asked_runs_until_a_line_says_how_it_ended()
    {
        var requests = new RightsRequests(_audit.Options);
        Assert.Empty(requests.Read());

        var asked = await WriteAsync(AuditAction.EraseAccount, "asked");
        var running = Assert.Single(requests.Read());
        Assert.Equal((RightsState.Running, "erase_account", Account, "dashboard:wang"), (running.State, running.Action, running.Subject, running.Caller));

        await WriteAsync(AuditAction.EraseAccount, "done", asked, details => details.Add("records", 12).Add("logs", 3).Add("list_entries_removed", 1));
        var done = Assert.Single(requests.Read());
        Assert.Equal((RightsState.Done, 12L, 3L, 1L, ""), (done.State, done.Records, done.Logs, done.ListEntries, done.Left));
        Assert.Equal(running.At, done.At);
    }

    [Fact]
    public async Task What_was_done_in_part_says_what_is_left_until_it_is_made_good()
    {
        var requests = new RightsRequests(_audit.Options);
        var first = await WriteAsync(AuditAction.EraseAccount, "asked");
        await WriteAsync(AuditAction.EraseAccount, "store_failed", first, details => details.Add("left", RightsLeft.Lists).Add("records", 12).Add("logs", 3));

        var failed = Assert.Single(requests.Read());
        Assert.Equal((RightsState.Failed, RightsLeft.Lists, 12L), (failed.State, failed.Left, failed.Records));
        Assert.True(failed.IsToBeRepeated);

        // Somebody else's erasure and another right of the same account make nothing good.
        await DoAsync(AuditAction.EraseAccount, "ffeeddccbbaa0099");
        await DoAsync(AuditAction.ExportAccount, Account);
        Assert.Equal(RightsState.Failed, requests.Read()[^1].State);

        await DoAsync(AuditAction.EraseAccount, Account);
        Assert.Equal(RightsState.MadeGood, requests.Read()[^1].State);
        Assert.False(requests.Read()[^1].IsToBeRepeated);
    }

    [Fact]
    public async Task A_withdrawal_of_other_categories_makes_no_withdrawal_good()
    {
        var first = await WriteAsync(AuditAction.WithdrawConsent, "asked", add: static details => details.Add("categories", "2.3"));
        await WriteAsync(AuditAction.WithdrawConsent, "full", first, static details => details.Add("left", RightsLeft.All));
        var second = await WriteAsync(AuditAction.WithdrawConsent, "asked", add: static details => details.Add("categories", "4"));
        await WriteAsync(AuditAction.WithdrawConsent, "done", second);

        Assert.Equal([RightsState.Done, RightsState.Full], new RightsRequests(_audit.Options).Read().Select(static request => request.State));
    }

    [Fact]
    public async Task What_was_under_way_when_the_service_ended_is_to_be_asked_again()
    {
        await WriteAsync(AuditAction.EraseAccount, "asked");
        await _log.AppendAsync(new AuditEntry { Action = AuditAction.ServiceStarted }, CancellationToken.None);

        var cut = Assert.Single(new RightsRequests(_audit.Options).Read());
        Assert.Equal((RightsState.Interrupted, RightsLeft.All, true), (cut.State, cut.Left, cut.IsToBeRepeated));
    }

    [Fact]
    public async Task The_newest_come_first_of_this_month_and_the_last_and_lines_about_other_things_are_none()
    {
        await DoAsync(AuditAction.ExportAccount, Account);
        _audit.Time.Advance(TimeSpan.FromDays(31));
        await DoAsync(AuditAction.EraseAccount, Account);
        await _log.AppendAsync(new AuditEntry { Action = AuditAction.DashboardSignIn, Caller = "dashboard:wang" }, CancellationToken.None);
        var requests = new RightsRequests(_audit.Options);
        Assert.Equal(["erase_account", "export_account"], requests.Read().Select(static request => request.Action), StringComparer.Ordinal);

        _audit.Time.Advance(TimeSpan.FromDays(31));
        await DoAsync(AuditAction.CorrectOutcome, Account);
        Assert.Equal(["correct_outcome", "erase_account"], requests.Read().Select(static request => request.Action), StringComparer.Ordinal);
    }

    [Fact]
    public async Task No_more_are_told_than_a_page_can_hold()
    {
        for (var i = 0; i <= RightsRequests.Most; i++)
        {
            _audit.Time.Advance(TimeSpan.FromSeconds(1));
            await WriteAsync(AuditAction.ExportAccount, "asked", subject: i.ToString("x16", CultureInfo.InvariantCulture));
        }

        var requests = new RightsRequests(_audit.Options).Read();
        Assert.Equal(RightsRequests.Most, requests.Count);
        Assert.Equal(RightsRequests.Most.ToString("x16", CultureInfo.InvariantCulture), requests[0].Subject);
    }

    private async Task DoAsync(AuditAction action, string subject)
    {
        _audit.Time.Advance(TimeSpan.FromSeconds(1));
        var asked = await WriteAsync(action, "asked", subject: subject);
        await WriteAsync(action, "done", asked, subject: subject);
    }

    private async Task<string> WriteAsync(AuditAction action, string state, string? receipt = null, Action<AuditDetails>? add = null, string subject = Account)
    {
        var details = new AuditDetails().Add("state", state);
        add?.Invoke(details);
        var written = await _log.AppendAsync(
            new AuditEntry { Action = action, Caller = "dashboard:wang", Purpose = "user_request", Subject = subject, ReceiptId = receipt, Details = details },
            CancellationToken.None);
        return written!.ReceiptId;
    }
}
