using CsCheck;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Tests.Scoring.Model;
using KekeStar.Antifraud.V1;

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
        archive.Write(new MadeDecision { Decision = -9, Labels = 2, Account = 11, Device = -12, Bssid = 13, ThresholdShift = -7 });

        var answer = await archive.Archive.GetAsync([-9, 77], at: null, CancellationToken.None);

        var detail = Assert.IsType<DecisionDetail>(answer.Value);
        Assert.Equal(-9, detail.Row.Decision);
        Assert.Contains(new DecisionFeature("software.hook", 1, AtLeast: false), detail.Features);
        Assert.Equal([new("account", 11), new("device", -12), new DecisionEntity("bssid", 13)], detail.Entities);
        Assert.Equal(-7, detail.Row.ThresholdShift);
        Assert.Null((await archive.Archive.GetAsync([77], ArchiveUnderTest.Start, CancellationToken.None)).Value);
        Assert.Equal(
            -9, (await archive.Archive.GetAsync([-9], ArchiveUnderTest.Start, CancellationToken.None)).Value!.Row.Decision);
    }

    [Fact]
    public async Task Files_of_a_build_that_knew_neither_model_nor_jitter_are_read_beside_new_ones()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1, Rules = 1 });
        var file = Assert.Single(archive.Catalog.FilesOf(Assert.Single(archive.Catalog.Hours())));
        var old = Path.Combine(Path.GetDirectoryName(file.RecordsPath)!, file.Name.Replace(file.Catalogue, "0123abcd", StringComparison.Ordinal));
        using (var engine = new DuckDbEngine(1, 256 * 1024 * 1024))
        {
            engine.Execute($$"""
                COPY (SELECT * EXCLUDE (model, p_batch_registration, p_bot, p_account_theft, shadow_model, shadow_score, threshold_shift) FROM {{DuckDbEngine.Read([file.RecordsPath])}})
                TO {{DuckDbEngine.Quote(old)}} (FORMAT parquet, KV_METADATA {
                    '{{RecordSchema.VersionKey}}': '1', '{{RecordSchema.FeaturesKey}}': '{{RecordSchema.FeatureNames}}', '{{RecordSchema.SlotsKey}}': '{{RecordSchema.SlotNames}}' })
                """);
        }

        File.Delete(file.RecordsPath);
        File.Delete(file.RollUpPath);
        archive.Restart();
        archive.Write(new MadeDecision { Decision = 2, Rules = 3, ThresholdShift = 5 });

        var rows = (await archive.Archive.SearchAsync(Everything, 10, after: null, CancellationToken.None)).Value.Rows;
        Assert.Equal([1, 2], rows.Select(static row => row.Decision).Order());
        Assert.Equal([1L, 2L], (await archive.Archive.RecordedAsync(
            ArchiveUnderTest.Start.AddDays(-1), ArchiveUnderTest.Start.AddDays(1), 10, after: null, CancellationToken.None)).Value.Decisions.Select(static one => one.Row.Decision).Order());
        Assert.Equal(0, (await archive.Archive.GetAsync([1], at: null, CancellationToken.None)).Value!.Row.ThresholdShift);
        Assert.Equal(5, (await archive.Archive.GetAsync([2], at: null, CancellationToken.None)).Value!.Row.ThresholdShift);
        archive.Clock.Advance(TimeSpan.FromHours(3));
        archive.Writer.KeepUp();
        Assert.Equal(2, archive.Catalog.Count);
    }

    [Fact]
    public async Task What_the_model_added_stands_beside_the_rules_and_its_probabilities_in_columns_of_their_own()
    {
        await using var archive = new ArchiveUnderTest();
        var model = TestModels.Make(1);
        var policy = TestModels.In(model, 500, shadow: TestModels.Make(2));
        var call = ScoringCall.Rent();
        ArchiveUnderTest.Fill(call, new MadeDecision { Decision = 5 });
        var vector = TestModels.Vector(new Random(7), unknown: 0.9);
        vector.Values.CopyTo(call.Features.Values, 0);
        policy.Evaluate(Scene.Login, call.Features, call.Decision.Rules);
        call.Decision.Policy = policy;
        var outcome = call.Decision.Rules;
        Assert.True(outcome.Models.Contribution > 0);
        archive.Queue.Add(call, TimeSpan.Zero);
        archive.Writer.Collect();
        Assert.True(archive.Writer.Flush());

        var row = Assert.Single((await archive.Archive.SearchAsync(Everything, 10, after: null, CancellationToken.None)).Value.Rows);
        Assert.Equal("model", row.Rules[^1]);
        Assert.Equal(outcome.Models.Contribution, row.Contributions[^1]);
        Assert.Equal(row.Score, row.Contributions.Sum(), 1e-6);
        Assert.Equal(ArchiveUnderTest.Text(row), ArchiveUnderTest.Text(archive.Tail.Since(0).Rows[0]));

        using var engine = new DuckDbEngine(1, 256 * 1024 * 1024);
        var columns = engine.Query(
            $"SELECT model, p_batch_registration, p_bot, p_account_theft, shadow_model, shadow_score FROM {DuckDbEngine.Read(archive.Catalog.Hours().SelectMany(archive.Catalog.FilesOf).Select(static one => one.RecordsPath))}",
            static reader => (reader.GetString(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetString(4), reader.GetInt32(5)));
        var p = outcome.Models.Probabilities.ToArray();
        Assert.Equal((model.Hash[..16], p[0], p[1], p[2], policy.Shadow!.Model.Hash[..16], outcome.Models.ShadowScore), Assert.Single(columns));
        call.Return();
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
