using System.Diagnostics;
using System.Runtime.Versioning;
using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Tests.Audit;

/// <summary>Writing: order, months, files, restarts.</summary>
public sealed class AuditLogTests : IDisposable
{
    private readonly AuditUnderTest _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task Lines_of_many_threads_are_one_chain_and_each_gets_the_receipt_of_its_own()
    {
        const int Writers = 16;
        const int Each = 25;
        using var log = _audit.Open();
        var receipts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var own = new List<(long Number, AuditReceipt Receipt)>();
            for (var i = 0; i < Each; i++)
            {
                var number = (writer * Each) + i;
                own.Add((number, (await log.AppendAsync(AuditUnderTest.Entry(number), CancellationToken.None))!));
            }

            return own;
        })));

        var found = _audit.Verify();
        Assert.True(found.IsIntact, found.Explain());
        Assert.Equal(Writers * Each, found.Lines);
        var lines = _audit.Lines().ToDictionary(static line => line.ReceiptId, StringComparer.Ordinal);
        foreach (var (number, receipt) in receipts.SelectMany(static own => own))
        {
            Assert.Equal(receipt.Hash, lines[receipt.ReceiptId].Hash);
            Assert.Equal(number, lines[receipt.ReceiptId].Details.Number("records_removed"));
        }
    }

    [Fact]
    public async Task The_chain_goes_on_over_months_and_restarts_and_keeps_its_instance()
    {
        await _audit.WriteAsync(2);
        _audit.Time.SetUtcNow(new DateTimeOffset(2026, 11, 30, 23, 59, 59, 999, TimeSpan.Zero));
        await _audit.WriteAsync(1);
        _audit.Time.Advance(TimeSpan.FromMilliseconds(1));
        await _audit.WriteAsync(2);
        _audit.Time.SetUtcNow(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var last = await _audit.WriteAsync(1);

        Assert.Equal(["audit-2026-11.jsonl", "audit-2026-12.jsonl", "audit-2027-03.jsonl"], _audit.Files.Select(static file => Path.GetFileName(file.Path)), StringComparer.Ordinal);
        Assert.Equal([1, 2, 3, 4, 5, 6], _audit.Lines().Select(static line => line.Seq));
        Assert.Single(_audit.Lines().Select(static line => line.Instance).Distinct(StringComparer.Ordinal));
        var found = _audit.Verify(last.Hash);
        Assert.True(found.IsIntact, found.Explain());
        Assert.Equal(last.Hash, found.Last!.Hash);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_open_a_past_month()
    {
        await _audit.WriteAsync(1);
        _audit.Time.AdjustTime(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero));
        await _audit.WriteAsync(1);

        Assert.Single(_audit.Files);
        Assert.Equal(10, _audit.Lines()[^1].Time.Month);
        Assert.True(_audit.Verify().IsIntact);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Nobody_but_the_owner_can_read_it()
    {
        await _audit.WriteAsync(1);

        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(_audit.Directory));
        Assert.All(Directory.GetFiles(_audit.Directory), static file => Assert.Equal(Private, File.GetUnixFileMode(file)));
        Assert.DoesNotContain(_audit.Log.Lines, static line => line.Contains("open to group or others", StringComparison.Ordinal));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_directory_that_others_can_reach_is_warned_of()
    {
        Directory.CreateDirectory(_audit.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        await _audit.WriteAsync(1);

        Assert.Contains(_audit.Log.Lines, static line => line.Contains("open to group or others", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_log_on_the_directory_is_refused()
    {
        using var first = _audit.Open();

        var refused = Assert.Throws<InvalidOperationException>(_audit.Open);
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Antifraud:Audit:Directory", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_line_is_logged_by_its_hash_and_not_by_whom_it_is_about()
    {
        var receipt = await _audit.WriteAsync(1);

        var line = Assert.Single(_audit.Log.Lines);
        Assert.Contains($"Audit line 1: {receipt.Hash}.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("00112233445566ff", line, StringComparison.Ordinal);
        Assert.DoesNotContain("account_closed", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_of_the_document_finds_a_sound_log_sound_and_an_edited_one_not()
    {
        await _audit.WriteAsync(3);
        _audit.Time.Advance(TimeSpan.FromDays(10));
        await _audit.WriteAsync(2);
        Assert.Equal(0, await RunScriptAsync());

        var first = _audit.Files[0].Path;
        await File.WriteAllTextAsync(first, (await File.ReadAllTextAsync(first)).Replace("\"records_removed\":1,", "\"records_removed\":7,", StringComparison.Ordinal));
        Assert.Equal(1, await RunScriptAsync());
    }

    private async Task<int> RunScriptAsync()
    {
        var document = await File.ReadAllTextAsync(RepositoryFiles.PathOf("docs/audit.md"));
        var script = document.Split("```sh\n").Single(static part => part.Contains("sha256sum", StringComparison.Ordinal) && part.Contains("prev=", StringComparison.Ordinal)).Split("```")[0];
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = _audit.Directory, RedirectStandardOutput = true, UseShellExecute = false })!;
        await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return shell.ExitCode;
    }
}
