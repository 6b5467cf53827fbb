using System.Text;
using CsCheck;
using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Tests.Audit;

/// <summary>What a crash, a full disk or a hand in the files leaves behind.</summary>
public sealed class AuditRepairTests : IDisposable
{
    private readonly AuditUnderTest _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public void A_last_line_that_was_cut_anywhere_is_moved_aside_and_the_chain_goes_on() => Gen.Int[1, 400].Sample(
        cut =>
        {
            using var audit = new AuditUnderTest();
            audit.WriteAsync(3).GetAwaiter().GetResult();
            var whole = File.ReadAllBytes(audit.LastFile);
            var start = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
            var rest = Math.Min(cut, whole.Length - start - 1);
            File.WriteAllBytes(audit.LastFile, whole[..(start + rest)]);

            Assert.Equal(AuditFault.Torn, audit.Verify().Fault);
            audit.WriteAsync(1).GetAwaiter().GetResult();

            var found = audit.Verify();
            Assert.True(found.IsIntact, found.Explain());
            Assert.Equal(["erase_account", "erase_account", "log_repaired", "erase_account"], audit.Lines().Select(static line => line.Action), StringComparer.Ordinal);
            Assert.Equal(rest, audit.Lines()[2].Details.Number("bytes_moved"));
            Assert.Equal(whole[start..(start + rest)], File.ReadAllBytes(Path.ChangeExtension(audit.LastFile, ".torn")));
            Assert.Contains(audit.Log.Lines, static line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains(".torn", StringComparison.Ordinal));
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task Zeros_that_a_power_cut_left_are_moved_aside()
    {
        await _audit.WriteAsync(2);
        await using (var file = new FileStream(_audit.LastFile, FileMode.Append))
        {
            await file.WriteAsync(new byte[300_000]);
        }

        await _audit.WriteAsync(1);

        Assert.True(_audit.Verify().IsIntact);
        Assert.Equal(300_000, _audit.Lines()[2].Details.Number("bytes_moved"));
    }

    [Fact]
    public async Task A_new_months_first_line_that_was_cut_leaves_no_file_behind()
    {
        await _audit.WriteAsync(2);
        await File.WriteAllTextAsync(Path.Combine(_audit.Directory, "audit-2026-12.jsonl"), "{\"seq\":3,");
        await _audit.WriteAsync(1);

        Assert.True(_audit.Verify().IsIntact);
        Assert.Single(_audit.Files);
        Assert.Equal([1, 2, 3, 4], _audit.Lines().Select(static line => line.Seq));
    }

    [Fact]
    public async Task A_forged_last_line_is_not_repaired_but_told()
    {
        await _audit.WriteAsync(2);
        await File.WriteAllTextAsync(_audit.LastFile, (await File.ReadAllTextAsync(_audit.LastFile)).Replace("\"records_removed\":1,", "\"records_removed\":0,", StringComparison.Ordinal));
        await _audit.WriteAsync(1);

        var found = _audit.Verify();
        Assert.Equal((AuditFault.HashWrong, 2L), (found.Fault, found.LineNumber));
        Assert.Contains(_audit.Log.Lines, static line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("audit verify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_directory_it_fails_and_recovers_with_it()
    {
        using var log = _audit.Open();
        Assert.NotNull(await log.AppendAsync(AuditUnderTest.Entry(1), CancellationToken.None));
        var away = _audit.Directory + "-away";
        Directory.Move(_audit.Directory, away);

        Assert.Null(await log.AppendAsync(AuditUnderTest.Entry(2), CancellationToken.None));
        Assert.Null(await log.AppendAsync(AuditUnderTest.Entry(3), CancellationToken.None));
        Assert.Equal(2, _audit.Failures);
        Assert.Single(_audit.Log.Lines, static line => line.StartsWith("Critical", StringComparison.Ordinal) && line.Contains("refused until it can", StringComparison.Ordinal));

        Directory.Move(away, _audit.Directory);
        Assert.NotNull(await log.AppendAsync(AuditUnderTest.Entry(4), CancellationToken.None));
        Assert.Single(_audit.Log.Lines, static line => line.Contains("can be written again", StringComparison.Ordinal));
        Assert.True(_audit.Verify().IsIntact);
        Assert.Equal([1, 4], _audit.Lines().Select(static line => line.Details.Number("records_removed")!.Value));
    }

    [Fact]
    public async Task Lines_that_somebody_takes_out_while_it_runs_leave_a_gap_that_is_told()
    {
        using var log = _audit.Open();
        for (var i = 0; i < 4; i++)
        {
            await log.AppendAsync(AuditUnderTest.Entry(i), CancellationToken.None);
        }

        await File.WriteAllLinesAsync(_audit.LastFile, (await File.ReadAllLinesAsync(_audit.LastFile))[..2]);
        await log.AppendAsync(AuditUnderTest.Entry(4), CancellationToken.None);

        var found = _audit.Verify();
        Assert.Equal((AuditFault.SequenceBroken, 3L), (found.Fault, found.LineNumber));
        Assert.Equal(2, _audit.Lines()[2].Details.Number("lines_missing"));
        Assert.Contains(_audit.Log.Lines, static line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("are gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_that_somebody_else_adds_while_it_runs_are_moved_aside()
    {
        using var log = _audit.Open();
        await log.AppendAsync(AuditUnderTest.Entry(1), CancellationToken.None);
        await File.AppendAllTextAsync(_audit.LastFile, "I was here\n", Encoding.ASCII);
        await log.AppendAsync(AuditUnderTest.Entry(2), CancellationToken.None);

        Assert.True(_audit.Verify().IsIntact);
        Assert.Equal("I was here\n", await File.ReadAllTextAsync(Path.ChangeExtension(_audit.LastFile, ".torn")));
    }

    [Fact]
    public async Task A_log_that_is_taken_away_whole_while_it_runs_does_not_begin_anew()
    {
        using var log = _audit.Open();
        await log.AppendAsync(AuditUnderTest.Entry(1), CancellationToken.None);
        File.Delete(_audit.LastFile);
        await log.AppendAsync(AuditUnderTest.Entry(2), CancellationToken.None);

        Assert.Equal(AuditFault.BeginningMissing, _audit.Verify().Fault);
        Assert.Equal([2, 3], _audit.Lines().Select(static line => line.Seq));
    }
}
