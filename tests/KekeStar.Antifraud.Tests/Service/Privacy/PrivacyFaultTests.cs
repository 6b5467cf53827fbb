using Grpc.Core;
using KekeStar.Antifraud.Tests.Audit;
using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>Rights while the audit log or the store is away, and over two instances.</summary>
[Collection(nameof(FaultCollection))]
public sealed class PrivacyFaultTests
{
    private const string Signal = "android_id";

    [Fact]
    public async Task Without_its_audit_log_nothing_is_done_and_with_it_again_everything()
    {
        using var audit = new AuditUnderTest();
        await using var host = await ServiceHost.StartAsync($"--Antifraud:Audit:Directory={audit.Directory}");
        var account = Requests.NewAccount();
        var scored = Requests.Event(Requests.NewDevice(), account);
        await host.ScoreAsync(scored);
        await host.ReportAsync(scored, Outcome.LoginFailed);
        Directory.Move(audit.Directory, audit.Directory + "-away");

        Func<Task>[] calls =
        [
            () => host.EraseAsync(account),
            () => host.ExportAsync(account),
            () => host.WithdrawAsync(account, ConsentCategory.DeviceIdentifiers),
            () => host.CorrectAsync(scored, Outcome.LoginFailed),
            () => host.Privacy().GetKeyStatusAsync(new GetKeyStatusRequest()).ResponseAsync,
        ];
        foreach (var call in calls)
        {
            var refused = await Requests.StatusOfAsync(call);
            Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
            Assert.Contains("nothing was done", refused.Detail, StringComparison.Ordinal);
        }

        Directory.Move(audit.Directory + "-away", audit.Directory);
        var export = await host.ExportAsync(account);
        Assert.Empty(export.Markers());
        Assert.Equal(2, export.Logs()[Signal]);
        Assert.True((await host.EraseAsync(account)).RecordsRemoved > 0);
        Assert.True(audit.Verify().IsIntact);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_fails_the_call_and_the_audit_log_says_so_and_calling_again_helps()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var host = await StartAsync(server);
        var account = Requests.NewAccount();
        await Patience.UntilAsync(async () => (await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account))).Degraded.Count == 0);
        server.Hang();

        foreach (var call in (Func<Task>[])[() => host.EraseAsync(account), () => host.ExportAsync(account), () => host.WithdrawAsync(account, ConsentCategory.Sim)])
        {
            var refused = await Requests.StatusOfAsync(call);
            Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
            Assert.Contains("Call again", refused.Detail, StringComparison.Ordinal);
        }

        foreach (var action in new[] { "erase_account", "export_account", "withdraw_consent" })
        {
            var lines = host.AuditLines(action);
            Assert.Equal(["asked", "store_failed"], lines.States(lines[0].ReceiptId), StringComparer.Ordinal);

            // No marker could be set, nothing read: all of it is left to do.
            Assert.Equal("\"all\"", lines[^1].Details.Values["left"]);
        }

        server.Continue();
        await Patience.UntilAsync(async () => (await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account))).Degraded.Count == 0);
        Assert.True((await RightsCalls.AgainAsync(() => host.EraseAsync(account))).RecordsRemoved > 0);
        Assert.Empty((await RightsCalls.AgainAsync(() => host.ExportAsync(account))).Logs());
    }

    [Fact]
    public async Task Two_instances_on_one_store_keep_to_each_others_withdrawals_and_erase_each_others_records()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var here = await StartAsync(server);
        await using var there = await StartAsync(server);
        var (account, device) = (Requests.NewAccount(), Requests.NewDevice());
        await Patience.UntilAsync(async () => (await there.Client.ScoreAsync(Requests.Event(device, account))).Degraded.Count == 0);
        Assert.Equal(DropCause.Unspecified, (await there.ScoreAsync(Requests.Event(device, account))).DropOf(Signal));

        await RightsCalls.AgainAsync(() => here.WithdrawAsync(account, ConsentCategory.DeviceIdentifiers));
        Assert.Equal(DropCause.Withdrawn, (await there.ScoreAsync(Requests.Event(device, account))).DropOf(Signal));
        Assert.False((await RightsCalls.AgainAsync(() => there.ExportAsync(account))).Logs().ContainsKey(Signal));

        await RightsCalls.AgainAsync(() => here.EraseAsync(account));
        var export = await RightsCalls.AgainAsync(() => there.ExportAsync(account));
        Assert.Empty(export.Logs());
        Assert.Equal(["forgotten"], export.Markers(), StringComparer.Ordinal);
        Assert.Equal(1, (await there.ScoreAsync(Requests.Event(device, account))).Value("account_events"));
    }

    private static Task<ServiceHost> StartAsync(RedisServerProcess server) => ServiceHost.StartAsync(
        "--Antifraud:Store:Kind=redis", $"--Antifraud:Store:Redis:Configuration={server.EndPoint}");
}
