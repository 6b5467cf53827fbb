using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>Erasure and export over gRPC.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private ServiceHost _host = null!;

    public async Task InitializeAsync() => _host = await ServiceHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_erased_account_is_gone_from_every_log_and_what_others_did_stays()
    {
        var (account, other, device) = (Requests.NewAccount(), Requests.NewAccount(), Requests.NewDevice());
        var login = Requests.Event(device, account);
        await _host.ScoreAsync(login);
        await _host.ScoreAsync(Requests.Event(device, account));
        await _host.ReportAsync(login, Outcome.LoginFailed);
        await _host.ScoreAsync(Requests.Event(device, other));
        var before = (await _host.ExportAsync(account)).Logs();
        Assert.Equal(
            ["account", "android_id", "cohort", "device", "ip", "ip_prefix"], before.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(before.Values, static records => Assert.Equal(3, records));

        var reply = await _host.EraseAsync(account);

        // The account's entities are a log too, in which every entry counts as part of one.
        Assert.Equal((ulong)before.Values.Sum() + 1, reply.RecordsRemoved);
        Assert.Equal((ulong)before.Count + 1, reply.LogsChanged);
        var after = await _host.ExportAsync(account);
        Assert.Empty(after.Logs());
        Assert.Equal(["forgotten"], after.Markers(), StringComparer.Ordinal);
        Assert.All((await _host.ExportAsync(other)).Logs().Values, static records => Assert.Equal(1, records));

        var next = await _host.ScoreAsync(Requests.Event(device, other));
        Assert.Equal((2, 1, 0), (next.Value("device_events"), next.Value("device_accounts"), next.Value("device_failures")));
        Assert.Equal(2, next.Value("account_events"));
        Assert.Equal(1, (await _host.ScoreAsync(Requests.Event(device, account))).Value("account_events"));
    }

    [Fact]
    public async Task What_was_asked_and_what_was_done_stand_in_the_audit_log_under_the_receipt_and_the_account_does_not()
    {
        var account = $"canary-{Guid.NewGuid()}";
        await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
        var exported = (await _host.ExportPiecesAsync(account))[0];
        var erased = await _host.EraseAsync(account);

        var exports = _host.AuditLines("export_account");
        Assert.Equal(["asked", "done"], exports.States(exported.ReceiptId), StringComparer.Ordinal);
        Assert.Equal(exported.ReceiptHash, exports.Last(line => line.ReceiptId == exported.ReceiptId).Hash);
        var erasures = _host.AuditLines("erase_account");
        Assert.Equal(["asked", "done"], erasures.States(erased.ReceiptId), StringComparer.Ordinal);
        var done = erasures.Last(line => line.ReceiptId == erased.ReceiptId);
        Assert.Equal(erased.ReceiptHash, done.Hash);
        Assert.Equal(((long)erased.RecordsRemoved, (long)erased.LogsChanged), (done.Details.Number("records"), done.Details.Number("logs")));
        Assert.Equal(("loopback", RightsCalls.Purpose), (done.Caller, done.Purpose));
        Assert.Single(exports.Concat(erasures).Where(line => line.ReceiptId == exported.ReceiptId || line.ReceiptId == erased.ReceiptId).Select(line => line.Subject).Distinct(StringComparer.Ordinal));
        Assert.DoesNotContain(account, _host.AuditText(), StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Log.Lines, line => line.Contains(account, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deny_entry_is_erased_too_unless_it_is_to_be_kept()
    {
        var (kept, gone) = (Requests.NewAccount(), Requests.NewAccount());
        await _host.DenyAsync(kept);
        await _host.DenyAsync(gone);
        Assert.Single((await _host.ExportAsync(gone)).GetProperty("lists").EnumerateArray());

        var replies = await Task.WhenAll(_host.EraseAsync(kept, keepDenyEntry: true), _host.EraseAsync(gone));

        Assert.Equal([(0u, 1u), (1u, 0u)], replies.Select(static reply => (reply.ListEntriesRemoved, reply.ListEntriesKept)));
        Assert.Equal(Verdict.Reject, (await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), kept))).Verdict);
        Assert.Equal(Verdict.Pass, (await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), gone))).Verdict);
        Assert.Empty((await _host.ExportAsync(gone)).GetProperty("lists").EnumerateArray());
    }

    [Fact]
    public async Task An_erasure_of_nothing_is_done_too_and_can_be_repeated()
    {
        var account = Requests.NewAccount();
        Assert.Equal(0ul, (await _host.EraseAsync(account)).RecordsRemoved);
        Assert.Equal(0ul, (await _host.EraseAsync(account)).RecordsRemoved);
    }

    [Fact]
    public async Task An_event_from_before_the_erasure_that_comes_after_it_is_answered_and_not_written()
    {
        var account = Requests.NewAccount();
        var late = Requests.Event(Requests.NewDevice(), account);
        late.EventTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        await _host.EraseAsync(account);

        Assert.Equal(Verdict.Pass, (await _host.ScoreAsync(late)).Verdict);
        Assert.Empty((await _host.ExportAsync(account)).Logs());
    }

    [Fact]
    public async Task A_large_export_comes_in_pieces_with_the_receipt_in_the_first()
    {
        const int Devices = 120;
        var account = Requests.NewAccount();
        for (var i = 0; i < Devices; i++)
        {
            await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
        }

        var pieces = await _host.ExportPiecesAsync(account);

        Assert.True(pieces.Count > 1);
        Assert.All(pieces, static piece => Assert.InRange(piece.Document.Length, 1, 64 * 1024));
        Assert.Equal(26, pieces[0].ReceiptId.Length);
        Assert.All(pieces.Skip(1), static piece => Assert.Equal(("", ""), (piece.ReceiptId, piece.ReceiptHash)));
        var logs = (await _host.ExportAsync(account)).Logs();
        Assert.Equal((Devices, Devices, Devices), (logs["account"], logs["android_id"], logs["ip"]));
        var done = _host.AuditLines("export_account").Last(line => line.ReceiptId == pieces[0].ReceiptId);
        Assert.Equal(pieces.Sum(static piece => piece.Document.Length), done.Details.Number("bytes"));
    }
}
