using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Tests.Audit;

namespace KekeStar.Antifraud.Tests.Cli.Auditing;

public sealed class AuditCommandTests : IDisposable
{
    private readonly AuditUnderTest _audit = new();
    private readonly TestTerminal _terminal = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task An_intact_log_ends_with_0_and_its_ends()
    {
        var last = await _audit.WriteAsync(3);

        Assert.Equal(0, await _terminal.RunAsync("audit", "verify", _audit.Directory, "--expect-last", last.Hash));
        Assert.Contains("3 lines, seq 1 to 3", _terminal.Output, StringComparison.Ordinal);
        Assert.Contains($"last  2026-11-25 08:00:00Z {last.Hash}", _terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Intact.", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_log_ends_with_1_and_where_and_why()
    {
        await _audit.WriteAsync(3);
        var lines = await File.ReadAllLinesAsync(_audit.LastFile);
        await File.WriteAllLinesAsync(_audit.LastFile, [lines[0], lines[2]]);

        Assert.Equal(1, await _terminal.RunAsync("audit", "verify", _audit.Directory));
        Assert.Contains("BROKEN: audit-2026-11.jsonl line 2: its seq does not follow", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_end_ends_with_1_if_the_last_hash_is_known()
    {
        var last = await _audit.WriteAsync(3);
        await File.WriteAllLinesAsync(_audit.LastFile, (await File.ReadAllLinesAsync(_audit.LastFile))[..2]);

        Assert.Equal(0, await _terminal.RunAsync("audit", "verify", _audit.Directory));
        Assert.Equal(1, await _terminal.RunAsync("audit", "verify", _audit.Directory, "--expect-last", last.Hash));
        Assert.Contains("not the expected one", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify", "missing-directory")]
    [InlineData("show", "missing-directory")]
    [InlineData("verify", ".", "--expect-last", "abc")]
    [InlineData("show", ".", "--since", "yesterday")]
    [InlineData("show", ".", "--action", "nothing")]
    public async Task A_wrong_command_line_ends_with_2(params string[] arguments) =>
        Assert.Equal(2, await _terminal.RunAsync(["audit", .. arguments]));

    [Fact]
    public async Task Lines_are_shown_by_receipt_action_and_time()
    {
        var receipt = await _audit.WriteAsync(2);
        _audit.Time.Advance(TimeSpan.FromDays(1));
        using (var log = _audit.Open())
        {
            await log.AppendAsync(new AuditEntry { Action = AuditAction.ServiceStopped }, CancellationToken.None);
        }

        Assert.Equal([3], await ShownAsync("--since", "2026-11-26"));
        Assert.Equal([3], await ShownAsync("--action", "service_stopped"));
        Assert.Equal([2], await ShownAsync("--receipt", receipt.ReceiptId.ToLowerInvariant()));
        Assert.Equal([1, 2, 3], await ShownAsync());
        Assert.Equal([], await ShownAsync("--action", "list_put"));
    }

    [Fact]
    public async Task The_table_has_every_member_for_a_reader()
    {
        var receipt = await _audit.WriteAsync(1);

        Assert.Equal(0, await _terminal.RunAsync("audit", "show", _audit.Directory));
        foreach (var part in new[] { "2026-11-25 08:00:00Z", "erase_account", "spiffe://example/privacy", "account_closed", "00112233445566ff", receipt.ReceiptId, "records_removed 0", "result done" })
        {
            Assert.Contains(part, _terminal.ScreenText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lines_that_are_none_are_told_and_the_others_shown()
    {
        await _audit.WriteAsync(2);
        await File.AppendAllTextAsync(_audit.LastFile, "nonsense\n");

        Assert.Equal(1, await _terminal.RunAsync("audit", "show", _audit.Directory, "--json"));
        Assert.Equal(2, _terminal.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("1 lines are none of the log", _terminal.Error, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<long>> ShownAsync(params string[] filter)
    {
        var terminal = new TestTerminal();
        Assert.Equal(0, await terminal.RunAsync(["audit", "show", _audit.Directory, "--json", .. filter]));
        return terminal.Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line.TrimEnd('\r')))!.Seq);
    }
}
