using CsCheck;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>From the record to the file and back, through Parquet.Net and DuckDB.</summary>
public sealed class RecordFileTests
{
    private static readonly DecisionFilter Everything = new() { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue };

    [Fact]
    public void Every_decision_comes_back_as_it_was_made() => Decisions.Many(1, 60).Sample(
        static made => CheckAsync(made).GetAwaiter().GetResult(), iter: 20, threads: 1);

    [Fact]
    public async Task A_decision_comes_back_with_its_features_and_entities()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = -9, Labels = 2, Account = 11, Device = -12, Bssid = 13 });

        var answer = await archive.Archive.GetAsync([-9, 77], at: null, CancellationToken.None);

        var detail = Assert.IsType<DecisionDetail>(answer.Value);
        Assert.Equal(-9, detail.Row.Decision);
        Assert.Contains(new DecisionFeature("software.hook", 1, AtLeast: false), detail.Features);
        Assert.Equal([new("account", 11), new("device", -12), new DecisionEntity("bssid", 13)], detail.Entities);
        Assert.Null((await archive.Archive.GetAsync([77], ArchiveUnderTest.Start, CancellationToken.None)).Value);
        Assert.Equal(
            -9, (await archive.Archive.GetAsync([-9], ArchiveUnderTest.Start, CancellationToken.None)).Value!.Row.Decision);
    }

    [Fact]
    public async Task An_archive_without_files_answers_that_there_is_nothing()
    {
        await using var archive = new ArchiveUnderTest();
        var range = (From: ArchiveUnderTest.Start, To: ArchiveUnderTest.Start.AddHours(1));

        Assert.Empty((await archive.Archive.SearchAsync(Everything, 10, after: null, CancellationToken.None)).Value.Rows);
        Assert.Null((await archive.Archive.GetAsync([1], at: null, CancellationToken.None)).Value);
        Assert.Empty((await archive.Archive.LinksAsync(Everything, CancellationToken.None)).Value.Links);
        Assert.Empty((await archive.Archive.TimelineAsync(Everything, CancellationToken.None)).Value.Points);
        Assert.Empty((await archive.Archive.ClustersAsync(Everything, CancellationToken.None)).Value);
        Assert.Equal(0, (await archive.Archive.OverviewAsync(range.From, range.To, CancellationToken.None)).Value.Total);
        Assert.Empty((await archive.Archive.RuleHitsAsync(range.From, range.To, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task A_file_that_has_many_records_is_written_before_its_time()
    {
        await using var archive = new ArchiveUnderTest(static options => options.MaxRecordsPerFile = 1_000);
        archive.Record(Enumerable.Range(1, 2_500).Select(static number => new MadeDecision { Decision = number }));
        archive.Writer.Collect();

        Assert.Equal(2, archive.Catalog.Count);
        archive.Clock.Advance(archive.Options.FlushInterval);
        archive.Writer.Collect();
        Assert.Equal(3, archive.Catalog.Count);
        Assert.Equal(2_500, archive.Count("antifraud.records.written"));
    }

    [Fact]
    public async Task The_tail_shows_the_newest_decisions_before_they_are_in_a_file()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Record(Enumerable.Range(1, 5).Select(static number => new MadeDecision { Decision = number, At = TimeSpan.FromSeconds(number) }));
        archive.Writer.Collect();

        var (rows, last) = archive.Tail.Since(0, most: 3);
        Assert.Equal([5, 4, 3], rows.Select(static row => row.Decision));
        Assert.Empty(archive.Tail.Since(last).Rows);
        for (var number = 6; number < 1_000; number++)
        {
            archive.Add(new MadeDecision { Decision = number });
            archive.Writer.Collect();
        }

        Assert.Equal(ArchiveLimits.TailRows, archive.Tail.Since(0).Rows.Count);
        Assert.Equal([999, 998], archive.Tail.Since(archive.Tail.Last - 2).Rows.Select(static row => row.Decision));
    }

    private static async Task CheckAsync(MadeDecision[] made)
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(made);

        var page = await archive.Archive.SearchAsync(Everything, ArchiveLimits.MaxPageRows, after: null, CancellationToken.None);

        Assert.Equal(ArchiveStatus.Ok, page.Status);
        Assert.Equal(
            made.OrderByDescending(static decision => decision.At).ThenByDescending(static decision => decision.Decision)
                .Select(static decision => ArchiveUnderTest.Text(ArchiveUnderTest.Row(decision))),
            page.Value.Rows.Select(ArchiveUnderTest.Text),
            StringComparer.Ordinal);
    }
}
