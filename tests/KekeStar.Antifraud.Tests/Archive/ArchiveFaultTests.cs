using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>What happens when the disk does not do what it should: nothing to scoring, and nothing that nobody knows of.</summary>
public sealed class ArchiveFaultTests
{
    private static readonly DecisionFilter Everything = new() { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue };

    [Fact]
    public async Task A_folder_that_is_a_file_costs_records_and_works_again_once_it_is_gone()
    {
        await using var archive = new ArchiveUnderTest(static options => options.MaxRecordsPerFile = 1_000);
        await File.WriteAllTextAsync(archive.Folder, "in the way");
        archive.Record(Enumerable.Range(1, 1_500).Select(static number => new MadeDecision { Decision = number }));
        archive.Writer.Collect();
        Assert.False(archive.Writer.Flush());
        Assert.False(archive.Writer.Flush());

        // As many as a file holds are lost; the others still wait.
        Assert.Equal(1_000, archive.Count("antifraud.records.lost"));
        Assert.Equal(0, archive.Count("antifraud.records.written"));
        Assert.Single(archive.Log.Lines, static line => line.Contains("takes no records", StringComparison.Ordinal));

        File.Delete(archive.Folder);
        Assert.True(archive.Writer.Flush());
        Assert.Equal(500, archive.Count("antifraud.records.written"));
        Assert.Single(archive.Log.Lines, static line => line.Contains("takes records", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_is_taken_away_is_made_again()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 });
        Directory.Delete(archive.Folder, recursive: true);
        var answer = await archive.Archive.SearchAsync(Everything, 10, after: null, CancellationToken.None);
        Assert.Equal(ArchiveStatus.Unavailable, answer.Status);
        Assert.Empty(answer.Value.Rows);

        archive.Write(new MadeDecision { Decision = 2, At = TimeSpan.FromMinutes(1) });

        var after = await archive.Archive.SearchAsync(Everything, 10, after: null, CancellationToken.None);
        Assert.Equal([2], after.Value.Rows.Select(static row => row.Decision));
    }

    [Fact]
    public async Task A_folder_that_another_process_holds_is_taken_once_it_is_free()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 });
        await using (var other = new ArchiveUnderTest(options => options.Directory = archive.Folder))
        {
            Assert.False(other.Writer.Flush());
            Assert.Contains(other.Log.Lines, static line => line.Contains("takes no records", StringComparison.Ordinal));
            archive.Restart();
            Assert.True(other.Writer.Flush());
            Assert.Equal(1, other.Catalog.Count);
        }

        Assert.True(archive.Writer.Flush());
    }

    [Fact]
    public async Task What_rights_ask_fails_while_the_folder_cannot_be_written()
    {
        await using var archive = new ArchiveUnderTest();
        await File.WriteAllTextAsync(archive.Folder, "in the way");
        archive.Record(new MadeDecision { Decision = 1, Account = 4 });
        var asked = archive.Queue.AskAsync(new RecordErasure { Account = 4 });
        archive.Writer.KeepUp();
        Assert.Equal(StoreStatus.Unavailable, (await asked).Status);

        File.Delete(archive.Folder);
        var again = archive.Queue.AskAsync(new RecordErasure { Account = 4 });
        archive.Writer.KeepUp();
        Assert.Equal((StoreStatus.Ok, 1), ((await again).Status, (await again).Records));
    }

    [Fact]
    public async Task A_question_that_would_take_for_ever_ends_when_its_time_is_over()
    {
        await using var archive = new ArchiveUnderTest();
        using var desk = new QuestionDesk(archive.Options, new ArchiveMetrics(archive.Meters, archive.Catalog), TimeSpan.FromMilliseconds(200));

        var answer = await desk.AskAsync(
            empty: -1L,
            static question => question.Query(
                "SELECT count(*) FROM range(1000000000) AS a, range(1000000000) AS b WHERE a.range + b.range = 17",
                new Dictionary<string, object>(StringComparer.Ordinal),
                static reader => reader.GetInt64(0))[0],
            CancellationToken.None);

        Assert.Equal((ArchiveStatus.Timeout, -1L), (answer.Status, answer.Value));

        // The next one is not disturbed by it.
        var next = await desk.AskAsync(
            empty: -1L,
            static question => question.Query("SELECT 7::BIGINT", new Dictionary<string, object>(StringComparer.Ordinal), static reader => reader.GetInt64(0))[0],
            CancellationToken.None);
        Assert.Equal(7, next.Value);
    }

    [Fact]
    public async Task Whoever_goes_away_ends_the_question()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 });
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => archive.Archive.SearchAsync(Everything, 10, after: null, gone.Token));
    }

    [Fact]
    public async Task What_was_decided_before_the_stop_is_in_a_file_after_it()
    {
        await using var archive = new ArchiveUnderTest();
        await archive.Writer.StartAsync(CancellationToken.None);
        archive.Record(new MadeDecision { Decision = 1 });
        await archive.Writer.StopAsync(CancellationToken.None);

        Assert.Equal(1, archive.Count("antifraud.records.written"));
        var asked = await archive.Queue.AskAsync(new RecordErasure { Account = 4 });
        Assert.Equal(StoreStatus.Unavailable, asked.Status);
    }
}
