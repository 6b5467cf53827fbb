using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Backtests;
using KekeStar.Antifraud.Archive.Backtests.Page;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Tests.Cli;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Archive.Backtests;

/// <summary>The backtest over what the service's own hot path recorded, from empty windows on.</summary>
public sealed class BacktestTests(RecordedHistory history) : IClassFixture<RecordedHistory>
{
    private string Folder => history.Traffic.Archive.Folder;

    [Fact]
    public async Task What_was_recorded_is_decided_again_as_it_was_and_nothing_is_touched()
    {
        var before = Contents(Folder);

        var report = await Backtest.RunAsync(Setup(), CancellationToken.None);

        Assert.Empty(report.Agreement.Examples.SelectMany(static example => example.Features));
        Assert.Empty(report.Agreement.Features);
        Assert.Equal(report.Rows.Decisions, report.Agreement.EqualFeatures);
        Assert.Equal((report.Rows.Decisions, report.Rows.Decisions), (report.Agreement.EqualVerdicts, report.Agreement.EqualScores));
        Assert.True(report.Agreement.IsComplete);
        Assert.Equal(history.Traffic.Archive.Count("antifraud.records.written"), report.Rows.Decisions + report.Rows.Outcomes);
        Assert.InRange(report.Rows.Outcomes, 100, history.Traffic.Reports);
        Assert.Equal(0, report.Changed);
        Assert.True(report.Segments[0].Then.Challenged.Hits > 0 && report.Segments[0].Then.Rejected.Hits > 0, "Verdicts of one kind alone would show nothing.");
        Assert.Equal(before, Contents(Folder));
    }

    [Fact]
    public async Task A_changed_policy_flips_exactly_what_deciding_anew_from_recorded_features_flips()
    {
        var changed = Changed();

        var report = await Backtest.RunAsync(Setup() with { Tried = changed }, CancellationToken.None);

        var expected = await DecideAnewAsync(changed);
        Assert.Equal(expected, report.Flips.ToDictionary(static flip => (flip.Then, flip.Now), static flip => flip.Count));
        Assert.True(report.Changed > 20, "The changed policy must change something, or this shows nothing.");
        Assert.True(report.Agreement.IsComplete);
        Assert.Equal(report.Segments[0].Decisions, report.Segments.Where(static segment => segment.Kind == SegmentKind.Scene).Sum(static segment => segment.Decisions));
        var fired = Assert.Single(report.Rules, static rule => rule.Rule == "shared_address");
        Assert.Equal(0, fired.Then);
        Assert.True(fired.Now > 20);
    }

    [Fact]
    public void How_far_thresholds_were_moved_is_recorded_and_comes_out_of_the_recorded_pseudonyms()
    {
        var jitter = TestPolicies.Load(TestPolicies.Document()).Jitter;
        using var engine = new DuckDbEngine(1, 256 * 1024 * 1024);
        var rows = engine.Query(
            $"SELECT threshold_shift, scene, coalesce(account, 0), coalesce(ip_prefix, 0) FROM {DuckDbEngine.Read(Directory.GetFiles(Path.Combine(Folder, "records"), "*.parquet", SearchOption.AllDirectories))}",
            static reader => (Shift: reader.GetInt32(0), Scene: ContractWords.SceneOf(reader.GetString(1)), Account: unchecked((ulong)reader.GetInt64(2)), IpPrefix: unchecked((ulong)reader.GetInt64(3))));

        Assert.All(rows, row => Assert.Equal(jitter.ShiftOf(row.Scene, ThresholdJitter.EntityOf(row.Account, row.IpPrefix)), row.Shift));
        Assert.True(rows.Select(static row => row.Shift).Distinct().Count() > jitter.Reach, "Few different shifts would show little.");
        Assert.Contains(rows, static row => row.Account == 0);
    }

    [Fact]
    public async Task Behind_the_warm_up_windows_are_full_and_without_one_they_are_not()
    {
        var middle = ArchiveUnderTest.Start + ((history.Traffic.End - ArchiveUnderTest.Start) / 2);

        var warm = await Backtest.RunAsync(Setup() with { From = middle, To = middle.AddHours(12) }, CancellationToken.None);
        var cold = await Backtest.RunAsync(Setup() with { From = middle, To = middle.AddHours(12), WarmUp = TimeSpan.Zero }, CancellationToken.None);

        Assert.Equal((warm.Rows.Decisions, warm.Rows.Decisions), (cold.Rows.Decisions, warm.Agreement.EqualFeatures));
        Assert.True(warm.Agreement.IsComplete);
        Assert.Equal(0, cold.Rows.WarmUp);
        Assert.True(cold.Agreement.EqualFeatures < cold.Rows.Decisions);
        Assert.NotEmpty(cold.Agreement.Features);
    }

    [Fact]
    public async Task Files_in_another_order_change_nothing_and_missing_outcomes_are_told()
    {
        using var copy = Copy();
        foreach (var folder in Directory.GetDirectories(copy.Path, "hour=*", SearchOption.AllDirectories))
        {
            Reverse(folder);
        }

        Assert.True((await Backtest.RunAsync(Setup(copy.Path), CancellationToken.None)).Agreement.IsComplete);

        Directory.Delete(Path.Combine(copy.Path, ArchiveFile.FolderOf(ArchiveKind.Outcomes)), recursive: true);
        var without = await Backtest.RunAsync(Setup(copy.Path), CancellationToken.None);
        Assert.Contains(without.Notes, static note => note.Kind == BacktestNoteKind.NoOutcomes);
        Assert.Contains(without.Agreement.Features, static feature => feature.Feature.Contains("failures", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Labels_give_precision_and_recall_of_verdicts_and_rules()
    {
        using var folder = new TemporaryFolder();
        var labels = Path.Combine(folder.Path, "labels.parquet");
        using var engine = new DuckDbEngine(threads: 1, ArchiveLimits.UpkeepMemoryBytes);
        var records = $"read_parquet({DuckDbEngine.Quote(Path.Combine(Folder, "records", "*", "*", "*.parquet"))}, hive_partitioning = false)";
        engine.Execute($"COPY (SELECT decision, score % 3 = 0 AS abusive, scene AS actor FROM {records} WHERE decision % 2 = 0) TO {DuckDbEngine.Quote(labels)} (FORMAT parquet)");

        var report = await Backtest.RunAsync(Setup() with { Labels = labels, Feedback = Empty(folder) }, CancellationToken.None);

        // What labels do not say, outcomes in the archive do: only what is labelled is asked for here.
        var counts = engine.Query(
            $"""
            WITH rows AS (SELECT scene, verdict IN ('challenge', 'reject') AS stopped, rules, shadow_rules, score % 3 = 0 AS fraud FROM {records} WHERE decision % 2 = 0)
            SELECT scene, count(*) FILTER (fraud AND stopped), count(*) FILTER (fraud), count(*) FILTER (NOT fraud AND stopped), count(*) FILTER (NOT fraud) FROM rows GROUP BY scene ORDER BY scene
            """,
            static reader => (Scene: reader.GetString(0), Caught: reader.GetInt64(1), Fraud: reader.GetInt64(2), Wrong: reader.GetInt64(3), Honest: reader.GetInt64(4)));
        var actors = report.Segments.Where(static segment => segment.Kind == SegmentKind.Label).ToList();
        Assert.Equal(counts.Count, actors.Count);
        foreach (var (count, actor) in counts.Zip(actors))
        {
            Assert.Equal(count.Scene, actor.Name);
            Assert.Equal(new Share(count.Caught, count.Fraud), actor.Now.Recall);
            Assert.Equal(new Share(count.Caught, count.Caught + count.Wrong), actor.Now.Precision);
            Assert.Equal(new Share(count.Wrong, count.Honest), actor.Now.FalseStops);
        }

        Assert.All(report.Rules, rule => Assert.True(rule.Precision.Hits <= rule.Now && rule.Recall.Hits == rule.Precision.Hits));
        Assert.True(report.Labelled > 0);
    }

    [Fact]
    public async Task The_page_stands_alone_speaks_both_languages_and_trusts_no_name()
    {
        var report = await Backtest.RunAsync(Setup() with { To = ArchiveUnderTest.Start.AddHours(14), Tried = Changed() }, CancellationToken.None);
        var hostile = report.Segments[0] with { Kind = SegmentKind.Label, Name = "<script>alert(1)</script>" };

        var page = BacktestPage.Write(report with { Segments = [.. report.Segments, hostile] });

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("//", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Precision".ToLowerInvariant(), page, StringComparison.Ordinal);
        Assert.Contains("召回率", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("shared_address", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_prints_tables_and_writes_the_page()
    {
        using var folder = new TemporaryFolder();
        var policy = Path.Combine(folder.Path, "new.json");
        File.WriteAllText(policy, ChangedDocument().ToJsonString());
        var terminal = new TestTerminal();

        var exit = await terminal.RunAsync(
            "backtest", "--archive", Folder, "--policy", policy, "--to", "2026-11-21", "--warm-up", "0", "--out", Path.Combine(folder.Path, "report"));

        Assert.Equal((0, ""), (exit, terminal.Error));
        Assert.Contains("verdicts change", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains("100 %", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains("shared_address", terminal.ScreenText, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "report", "backtest.html")));
    }

    [Fact]
    public async Task A_model_that_lies_anywhere_is_tried_live_in_a_policy()
    {
        using var folder = new TemporaryFolder();
        var (policy, model) = (Path.Combine(folder.Path, "tried.json"), Path.Combine(folder.Path, "mine.json"));
        File.WriteAllText(policy, "\uFEFF" + ChangedDocument().ToJsonString());
        File.WriteAllBytes(model, TestModels.Write(seed: 5));
        var terminal = new TestTerminal();

        Assert.Equal((0, ""), (await terminal.RunAsync(
            "backtest", "--archive", Folder, "--policy", policy, "--model", model, "--points", "300", "--to", "2026-11-21", "--warm-up", "0"), terminal.Error));

        Assert.Matches(@"model\W+0\W+[1-9]", terminal.ScreenText);

        var misnamed = Path.Combine(folder.Path, $"{new string('a', 64)}.json");
        File.Copy(model, misnamed);
        Assert.Equal(2, await terminal.RunAsync("backtest", "--archive", Folder, "--model", misnamed));
        Assert.Contains("another hash", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ISO 8601", "--from", "yesterday")]
    [InlineData("31 days", "--warm-up", "32")]
    public async Task The_command_says_what_is_wrong_with_its_line(string part, params string[] arguments)
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync(["backtest", "--archive", Folder, .. arguments]));
        Assert.Contains(part, terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_with_what_is_there()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no folder", await FaultAsync(Setup("/nonexistent")), StringComparison.Ordinal);
        Assert.Contains("no recorded decisions", await FaultAsync(Setup(folder.Path)), StringComparison.Ordinal);
        Assert.Contains("is empty", await FaultAsync(Setup() with { From = ArchiveUnderTest.Start, To = ArchiveUnderTest.Start }), StringComparison.Ordinal);
        Assert.Contains("none from", await FaultAsync(Setup() with { From = ArchiveUnderTest.Start.AddDays(-9), To = ArchiveUnderTest.Start.AddDays(-8) }), StringComparison.Ordinal);
        Assert.Contains("no file", await FaultAsync(Setup() with { Labels = Path.Combine(folder.Path, "none.parquet") }), StringComparison.Ordinal);

        var mark = Path.Combine(folder.Path, "feedback.jsonl");
        File.WriteAllText(mark, "{\"decision\":\"xyz\",\"mark\":\"confirmed\"}\n");
        Assert.Contains("line 1", await FaultAsync(Setup() with { Feedback = mark }), StringComparison.Ordinal);

        var other = Path.Combine(folder.Path, "other.parquet");
        using var engine = new DuckDbEngine(threads: 1, ArchiveLimits.UpkeepMemoryBytes);
        engine.Execute($"COPY (SELECT 1 AS a) TO {DuckDbEngine.Quote(other)} (FORMAT parquet)");
        Assert.Contains("decision BIGINT", await FaultAsync(Setup() with { Labels = other }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_cut_or_of_an_earlier_version_is_named()
    {
        using var copy = Copy();
        var file = Directory.GetFiles(Path.Combine(copy.Path, "records"), "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        Assert.Contains(Path.GetFileName(file), await FaultAsync(Setup(copy.Path)), StringComparison.Ordinal);

        File.WriteAllBytes(file, bytes);
        using var engine = new DuckDbEngine(threads: 1, ArchiveLimits.UpkeepMemoryBytes);
        var old = file + ".old";
        engine.Execute($"COPY (SELECT * EXCLUDE (sequence) FROM {DuckDbEngine.Read([file])}) TO {DuckDbEngine.Quote(old)} (FORMAT parquet)");
        File.Move(old, file, overwrite: true);
        var fault = await FaultAsync(Setup(copy.Path));
        Assert.Contains(Path.GetFileName(file), fault, StringComparison.Ordinal);
        Assert.Contains("--from", fault, StringComparison.Ordinal);
    }

    private static Policy Changed() => TestPolicies.Load(ChangedDocument());

    private static System.Text.Json.Nodes.JsonObject ChangedDocument()
    {
        var document = TestPolicies.Document();
        document["version"] = "changed";
        foreach (var scene in new[] { "LOGIN", "REGISTER", "SEND_MESSAGE" })
        {
            var rule = TestPolicies.Rule(scene == "LOGIN" ? "shared_address" : $"shared_address_{scene.ToLowerInvariant()}", "ip.accounts_24h >= 6", 260, scene: scene);
            document["rules"]!.AsArray().Add(rule);
        }

        return document;
    }

    private static string Empty(TemporaryFolder folder)
    {
        var path = Path.Combine(folder.Path, "feedback.jsonl");
        File.WriteAllText(path, "");
        return path;
    }

    private static async Task<string> FaultAsync(BacktestSetup setup) =>
        (await Assert.ThrowsAsync<ArchiveException>(() => Backtest.RunAsync(setup, CancellationToken.None))).Message;

    private static string Contents(string folder) => string.Join('\n', Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(static path => $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}"));

    // The file that was written last gets the name that sorts first.
    private static void Reverse(string folder)
    {
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        var contents = files.ConvertAll(File.ReadAllBytes);
        for (var i = 0; i < files.Count; i++)
        {
            File.WriteAllBytes(files[files.Count - 1 - i], contents[i]);
        }
    }

    private BacktestSetup Setup(string? folder = null) => new() { Archives = [folder ?? Folder], Policies = new KnownPolicies() };

    private TemporaryFolder Copy()
    {
        var copy = new TemporaryFolder();
        foreach (var path in Directory.GetFiles(Folder, "*.parquet", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy.Path, Path.GetRelativePath(Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(path, to);
        }

        return copy;
    }

    private async Task<Dictionary<(Verdict Then, Verdict Now), long>> DecideAnewAsync(Policy policy)
    {
        var flips = new Dictionary<(Verdict Then, Verdict Now), long>();
        var features = new FeatureVector(FeatureCatalogue.Count);
        var decision = new EventDecision { Policy = policy };
        DecisionCursor? after = null;
        do
        {
            var page = (await history.Traffic.Archive.Archive.RecordedAsync(
                ArchiveUnderTest.Start, history.Traffic.End, ArchiveLimits.DryRunPageRows, after, CancellationToken.None)).Value;
            foreach (var recorded in page.Decisions)
            {
                Assert.True(recorded.Reader.TryRead(recorded.Blob.Span, features));
                DecisionReplay.Run(
                    ContractWords.SceneOf(recorded.Row.Scene),
                    recorded.Row.JitterEntity,
                    ContractWords.ListOf(recorded.Row.List),
                    ContractWords.StoreOf(recorded.Row.Store),
                    features,
                    decision);
                var flip = (ContractWords.VerdictOf(recorded.Row.Verdict), decision.Verdict);
                flips[flip] = flips.GetValueOrDefault(flip) + 1;
            }

            after = page.Next;
        }
        while (after is not null);
        return flips;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-backtest-test-");

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
