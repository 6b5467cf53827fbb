using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Tests.Audit;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>What the running service writes to its audit log.</summary>
public sealed class AuditingTests
{
    [Fact]
    public async Task Start_stop_and_list_changes_are_in_the_log_by_pseudonym_and_caller()
    {
        using var audit = new AuditUnderTest();
        var account = Requests.NewAccount();
        string prefix;
        await using (var host = await ServiceHost.StartAsync($"--Antifraud:Audit:Directory={audit.Directory}"))
        {
            var lists = new Lists.ListsClient(host.Channel);
            prefix = (await lists.PutEntryAsync(Deny(account))).PseudonymPrefix;
            Assert.True((await lists.RemoveEntryAsync(new RemoveListEntryRequest { EntityKind = "account", Value = account })).Removed);
            Assert.False((await lists.RemoveEntryAsync(new RemoveListEntryRequest { EntityKind = "account", Value = account })).Removed);
            await Requests.StatusOfAsync(() => lists.PutEntryAsync(Deny("")).ResponseAsync);
            Assert.Contains(host.Log.Lines, static line => line.Contains("Audit line 2: ", StringComparison.Ordinal));
        }

        Assert.True(audit.Verify().IsIntact);
        var lines = audit.Lines();
        Assert.Equal(
            ["service_started", "list_put", "list_remove", "list_remove", "list_remove", "service_stopped"],
            lines.Select(static line => line.Action),
            StringComparer.Ordinal);
        Assert.All(lines.GetRange(1, 4), line =>
        {
            Assert.Equal("loopback", line.Caller);
            Assert.StartsWith(prefix, line.Subject, StringComparison.Ordinal);
        });
        Assert.Equal("\"deny\"", lines[1].Details.Values["list"]);
        Assert.Equal("\"account\"", lines[1].Details.Values["kind"]);
        Assert.Equal("\"not_found\"", lines[4].Details.Values["result"]);
        Assert.Equal(lines[3].ReceiptId, lines[4].ReceiptId);
        Assert.NotEqual(lines[2].ReceiptId, lines[3].ReceiptId, StringComparer.Ordinal);
        Assert.DoesNotContain(account, await File.ReadAllTextAsync(audit.LastFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_change_by_JSON_is_audited_too()
    {
        await using var host = await ServiceHost.StartAsync();
        using var content = Requests.Json(Deny(Requests.NewAccount()));
        using var answer = await host.Web.PostAsync("/v1/lists/entries", content);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal("list_put", AuditVerifier.Verify(host.Audit).Last!.Action);
    }

    [Fact]
    public async Task A_list_change_that_cannot_be_audited_is_refused_and_not_made_and_scoring_goes_on()
    {
        using var audit = new AuditUnderTest();
        await using var host = await ServiceHost.StartAsync($"--Antifraud:Audit:Directory={audit.Directory}");
        var lists = new Lists.ListsClient(host.Channel);
        var account = Requests.NewAccount();
        Directory.Move(audit.Directory, audit.Directory + "-away");

        var refused = await Requests.StatusOfAsync(() => lists.PutEntryAsync(Deny(account)).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Contains("audit log", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(Verdict.Pass, (await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account))).Verdict);

        Directory.Move(audit.Directory + "-away", audit.Directory);
        await lists.PutEntryAsync(Deny(account));
        Assert.Equal(Verdict.Reject, (await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account))).Verdict);
    }

    [Fact]
    public async Task A_second_service_on_the_directory_does_not_start_and_says_why()
    {
        await using var first = await ServiceHost.StartAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceHost.StartAsync($"--Antifraud:Audit:Directory={first.Audit}"));
        Assert.Contains("Antifraud:Audit:Directory", refused.Message, StringComparison.Ordinal);
    }

    private static PutListEntryRequest Deny(string account) => new()
    {
        EntityKind = "account",
        Value = account,
        List = ListKind.Deny,
        ExpiresAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)),
    };
}
