using System.Text;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Auditing;
using KekeStar.Antifraud.Dashboard.Lists;
using KekeStar.Antifraud.Dashboard.Rights;
using KekeStar.Antifraud.Dashboard.Status;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>What the pages do, on the running service.</summary>
public sealed class DeskTests : IAsyncLifetime
{
    private DashboardUnderTest _dashboard = null!;
    private AsyncServiceScope _scope;

    public async Task InitializeAsync()
    {
        _dashboard = await DashboardUnderTest.StartAsync();
        _scope = _dashboard.Services.CreateAsyncScope();
    }

    public async Task DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _dashboard.DisposeAsync();
    }

    [Fact]
    public async Task An_entry_denies_the_account_and_stands_on_the_page_and_in_the_audit_log_without_it()
    {
        var account = Requests.NewAccount();
        var typed = Encoding.UTF8.GetBytes(account);
        var desk = Get<ListDesk>();
        var (result, pseudonym) = await desk.PutAsync(Of(Roles.Analyst), "account", typed, ListKind.Deny, TimeProvider.System.GetUtcNow().AddHours(1));

        Assert.Equal(DeskResult.Done, result);
        Assert.All(typed, static part => Assert.Equal(0, part));
        var row = await UntilAsync(() => desk.Rows().SingleOrDefault());
        Assert.Equal((pseudonym, "account", ListKind.Deny), (row.Pseudonym, row.Kind, row.List));
        Assert.Equal(Verdict.Reject, (await _dashboard.Host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account))).Verdict);
        var line = Assert.Single(Get<AuditPages>().Read(new AuditQuery("list_put", ""), 0).Lines);
        Assert.Equal("dashboard:analyst", line.Caller);
        Assert.StartsWith(pseudonym, line.Subject, StringComparison.Ordinal);

        Assert.Equal(DeskResult.Done, await desk.RemoveAsync(Of(Roles.Analyst), row));
        Assert.Equal(DeskResult.NotFound, await desk.RemoveAsync(Of(Roles.Analyst), "account", Encoding.UTF8.GetBytes(account)));
        Assert.DoesNotContain(_dashboard.Log.Lines, logged => logged.Contains(account, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("imei", "12", nameof(DeskResult.BadValue))]
    [InlineData("imei", "000000000000000", nameof(DeskResult.SharedValue))]
    [InlineData("account", "", nameof(DeskResult.BadValue))]
    [InlineData("ip", "300.1.1.1", nameof(DeskResult.BadValue))]
    public async Task What_is_no_identifier_is_refused_with_its_reason(string kind, string value, string expected)
    {
        var put = await Get<ListDesk>().PutAsync(Of(Roles.Analyst), kind, Encoding.UTF8.GetBytes(value), ListKind.Deny, TimeProvider.System.GetUtcNow().AddHours(1));
        Assert.Equal(expected, put.Result.ToString());
        Assert.Equal(expected, (await Get<ListDesk>().RemoveAsync(Of(Roles.Analyst), kind, Encoding.UTF8.GetBytes(value))).ToString());
    }

    [Fact]
    public async Task An_end_that_lies_behind_or_too_far_ahead_is_refused()
    {
        foreach (var days in new[] { -1, 91 })
        {
            var put = await Get<ListDesk>().PutAsync(Of(Roles.Analyst), "account", "a"u8.ToArray(), ListKind.Grey, TimeProvider.System.GetUtcNow().AddDays(days));
            Assert.Equal(DeskResult.BadExpiry, put.Result);
        }
    }

    [Fact]
    public async Task An_account_is_exported_and_erased_with_a_receipt()
    {
        var account = Requests.NewAccount();
        await _dashboard.Host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
        var desk = Get<RightsDesk>();
        var exported = await desk.ExportAsync(Of(Roles.PrivacyOfficer), Encoding.UTF8.GetBytes(account), "user_request");
        Assert.Equal(DeskResult.Done, exported.Result);
        Assert.Contains("\"records\"", Encoding.UTF8.GetString(exported.Document.Span), StringComparison.Ordinal);

        var typed = Encoding.UTF8.GetBytes(account);
        var erased = await desk.EraseAsync(Of(Roles.PrivacyOfficer), typed, "account_closed", keepDenyEntry: false);
        Assert.Equal(DeskResult.Done, erased.Result);
        Assert.True(erased.Records > 0);
        Assert.All(typed, static part => Assert.Equal(0, part));
        var lines = Get<AuditPages>().Read(new AuditQuery("", erased.ReceiptId), 0).Lines;
        Assert.Equal(2, lines.Count);
        Assert.All(lines, static line => Assert.Equal("dashboard:privacy_officer", line.Caller));
    }

    [Theory]
    [InlineData("", "user_request", nameof(DeskResult.BadValue))]
    [InlineData("account", "Because he asked", nameof(DeskResult.BadPurpose))]
    [InlineData("account", "", nameof(DeskResult.BadPurpose))]
    public async Task A_request_without_account_or_purpose_is_refused(string account, string purpose, string expected) =>
        Assert.Equal(expected, (await Get<RightsDesk>().ExportAsync(Of(Roles.PrivacyOfficer), Encoding.UTF8.GetBytes(account), purpose)).Result.ToString());

    [Fact]
    public async Task Nobody_does_what_is_not_his_even_past_the_page()
    {
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Get<ListDesk>().PutAsync(Of(Roles.All & ~Roles.Analyst), "account", "a"u8.ToArray(), ListKind.Deny, TimeProvider.System.GetUtcNow().AddHours(1)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Get<RightsDesk>().EraseAsync(Of(Roles.All & ~Roles.PrivacyOfficer), "a"u8.ToArray(), "user_request", keepDenyEntry: false));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Get<AuditPages>().VerifyAsync(Of(Roles.Analyst)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Get<KekeStar.Antifraud.Dashboard.Accounts.AccountDesk>().AddAsync(Of(Roles.All & ~Roles.Administrator), "x", Roles.All));
    }

    [Fact]
    public async Task The_audit_log_is_read_from_its_end_page_by_page_and_verified()
    {
        var desk = Get<ListDesk>();
        for (var i = 0; i < AuditPages.Size + 10; i++)
        {
            await desk.RemoveAsync(Of(Roles.Analyst), "account", Encoding.UTF8.GetBytes(Requests.NewAccount()));
        }

        var pages = Get<AuditPages>();
        var all = new List<long>();
        AuditPage page;
        var number = 0;
        do
        {
            page = pages.Read(new AuditQuery("", ""), number++);
            all.AddRange(page.Lines.Select(static line => line.Seq));
        }
        while (page.HasMore);

        Assert.Equal(Enumerable.Range(1, all.Count).Select(static seq => (long)seq).Reverse(), all);
        Assert.True(number > 1);
        Assert.All(pages.Read(new AuditQuery("list_remove", "DASHBOARD:"), 0).Lines, static line => Assert.Equal("list_remove", line.Action));
        Assert.Empty(pages.Read(new AuditQuery("list_remove", "no such caller"), 0).Lines);
        var verification = await pages.VerifyAsync(Of(Roles.PrivacyOfficer));
        Assert.True(verification.IsIntact);
        Assert.Equal(all.Count, verification.Lines);
    }

    [Fact]
    public async Task The_state_of_the_service_is_the_services_own()
    {
        var facts = await Get<SystemStatus>().LookAsync();

        Assert.Equal(KekeStar.Antifraud.Windows.StoreStatus.Ok, facts.StoreStatus);
        Assert.Equal("Memory", facts.Store);
        Assert.False(facts.IsGateOpen);
        Assert.Equal(64, facts.PolicyHash.Length);
        Assert.Equal(KeyEpochRole.Current, Assert.Single(facts.Epochs).Epoch.Role);
        Assert.Contains(facts.Counters, static counter => counter is { Name: "antifraud.audit.lines · dashboard_account", Value: > 0, IsTrouble: false });
    }

    private static System.Security.Claims.ClaimsPrincipal Of(Roles roles) =>
        Person.Make(RoleName.AllOf(roles).Count() == 1 ? RoleName.AllOf(roles).Single() : "several", roles, Person.Local, mustChange: false);

    private static async Task<T> UntilAsync<T>(Func<T?> look)
        where T : class
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            Assert.True(since.Elapsed < TimeSpan.FromSeconds(10));
            await Task.Delay(20);
        }
    }

    private T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();
}
