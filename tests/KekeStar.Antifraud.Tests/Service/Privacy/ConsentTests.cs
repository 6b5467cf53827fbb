using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>Withdrawal of consent and minors over gRPC.</summary>
public sealed class ConsentTests : IAsyncLifetime
{
    private const string Signal = "android_id";

    private ServiceHost _host = null!;

    public async Task InitializeAsync() => _host = await ServiceHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_withdrawn_category_is_dropped_although_it_is_granted_and_what_it_derived_is_gone()
    {
        var (account, device) = (Requests.NewAccount(), Requests.NewDevice());
        Assert.Equal(DropCause.Unspecified, (await _host.ScoreAsync(Requests.Event(device, account))).DropOf(Signal));
        Assert.True((await _host.ExportAsync(account)).Logs().ContainsKey(Signal));

        var reply = await _host.WithdrawAsync(account, ConsentCategory.DeviceIdentifiers);

        Assert.True(reply.RecordsRemoved > 0);
        var after = await _host.ExportAsync(account);
        Assert.Equal(["account", "cohort", "ip", "ip_prefix"], after.Logs().Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["device_identifiers_withdrawn"], after.Markers(), StringComparer.Ordinal);
        Assert.Equal(DropCause.Withdrawn, (await _host.ScoreAsync(Requests.Event(device, account))).DropOf(Signal));
        Assert.False((await _host.ExportAsync(account)).Logs().ContainsKey(Signal));
        var lines = _host.AuditLines("withdraw_consent");
        Assert.Equal(["asked", "done"], lines.States(reply.ReceiptId), StringComparer.Ordinal);
        Assert.Equal("\"2\"", lines.First(line => line.ReceiptId == reply.ReceiptId).Details.Values["categories"]);
        Assert.Equal(reply.ReceiptHash, lines.Last(line => line.ReceiptId == reply.ReceiptId).Hash);
        Assert.Equal(DropCause.Unspecified, (await _host.ScoreAsync(Requests.Event(device, Requests.NewAccount()))).DropOf(Signal));
    }

    [Fact]
    public async Task A_decision_after_the_withdrawal_holds_and_one_before_it_does_not()
    {
        var (account, device) = (Requests.NewAccount(), Requests.NewDevice());
        var before = TimeProvider.System.GetUtcNow();
        await _host.WithdrawAsync(account, ConsentCategory.DeviceIdentifiers, ConsentCategory.Motion);

        Assert.Equal(DropCause.Withdrawn, (await _host.ScoreAsync(Decided(before))).DropOf(Signal));
        Assert.Equal(DropCause.Unspecified, (await _host.ScoreAsync(Decided(TimeProvider.System.GetUtcNow()))).DropOf(Signal));

        ScoreRequest Decided(DateTimeOffset at)
        {
            var request = Requests.Event(device, account);
            request.Consent.DecidedAt = Timestamp.FromDateTimeOffset(at);
            return request;
        }
    }

    [Fact]
    public async Task A_withdrawal_holds_for_events_before_it_is_answered()
    {
        var (account, device) = (Requests.NewAccount(), Requests.NewDevice());
        await _host.ScoreAsync(Requests.Event(device, account));

        var withdrawal = _host.WithdrawAsync(account, ConsentCategory.DeviceIdentifiers);
        await Patience.UntilAsync(async () => (await _host.ScoreAsync(Requests.Event(device, account))).DropOf(Signal) == DropCause.Withdrawn);

        Assert.False(withdrawal.IsCompleted);
        await withdrawal;
    }

    [Fact]
    public async Task The_first_event_that_says_minor_drops_all_optional_signals_removes_earlier_ones_and_is_audited()
    {
        var (account, device) = (Requests.NewAccount(), Requests.NewDevice());
        await _host.ScoreAsync(Requests.Event(device, account));
        var minor = Requests.Event(device, account);
        minor.Minor = true;

        Assert.Equal(DropCause.Minor, (await _host.ScoreAsync(minor)).DropOf(Signal));

        await Patience.UntilAsync(async () => (await _host.ExportAsync(account)).Markers().Contains("minor"));
        Assert.False((await _host.ExportAsync(account)).Logs().ContainsKey(Signal));
        Assert.Equal(DropCause.Minor, (await _host.ScoreAsync(Requests.Event(device, account))).DropOf(Signal));
        await Patience.UntilAsync(() => Task.FromResult(_host.AuditLines("minor_protected").Count > 0));
        var line = Assert.Single(_host.AuditLines("minor_protected"));
        Assert.Equal(_host.AuditLines("export_account")[0].Subject, line.Subject);
        Assert.Equal(("service", "protect_minors"), (line.Caller, line.Purpose));
        Assert.True(line.Details.Number("records") > 0);
        Assert.DoesNotContain(account, _host.AuditText(), StringComparison.Ordinal);
    }
}
