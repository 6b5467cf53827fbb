using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Receipts;
using KekeStar.Antifraud.Cli.Explaining;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Tests.Archive.Receipts;

namespace KekeStar.Antifraud.Tests.Cli.Explaining;

public sealed partial class ExplainCommandTests(ReceiptArchive archive) : IClassFixture<ReceiptArchive>
{
    private const int TimeoutMilliseconds = 5_000;

    [Theory]
    [InlineData("en", "Derived again: identical.", "From weights to score")]
    [InlineData("zh", "与记录完全一致", "由权重到分数")]
    public async Task An_analyst_sees_everything_in_either_language(string language, string identical, string steps)
    {
        var row = Rows().First(static row => row.Models!.Probabilities.Any(static p => p > 0.3) && row.Verdict == "challenge");
        var (exit, terminal) = await RunAsync(DecisionReference.TextOf(row.Decision), "--language", language);

        Assert.Equal((0, ""), (exit, terminal.Error));
        Assert.Contains(identical, terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains(steps, terminal.ScreenText, StringComparison.Ordinal);
        Assert.All(row.Rules, rule => Assert.Contains(rule[..Math.Min(12, rule.Length)], terminal.ScreenText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task As_JSON_it_says_what_the_record_says_and_what_follows()
    {
        var row = Rows().MaxBy(static row => row.Score)!;
        var (exit, terminal) = await RunAsync(DecisionReference.TextOf(row.Decision), "--format", "json");
        Assert.Equal((0, ""), (exit, terminal.Error));
        Assert.Equal(row.Score, (int)JsonNode.Parse(terminal.Output)!["score"]!);

        foreach (var receipt in Receipts(60))
        {
            var json = JsonNode.Parse(ReceiptJson.Write(receipt, receipt.FindCounterfactuals(), Texts("en")))!;

            row = receipt.Row;
            Assert.True((bool)json["identical"]!);
            Assert.Equal((row.Verdict, row.Score), ((string)json["verdict"]!, (int)json["score"]!));
            Assert.Equal(row.Score, json["rules"]!.AsArray().Sum(static rule => (double)rule!["points"]!), 1e-6);
            Assert.Equal(row.Score, (int)json["steps"]!["score"]!);
            Assert.Equal(64, ((string)json["policy"]!["hash"]!).Length);
            Assert.Equal(64, ((string)json["model"]!["hash"]!).Length);
            Assert.Equal((int)json["model"]!["points"]!, json["model_split"]!.AsArray().Sum(static share => (double)share!["points"]!), 1e-6);
            Assert.Equal(row.ThresholdShift, (int)json["thresholds"]!["shift"]!);
            Assert.NotEmpty(json["features"]!.AsArray());
            Assert.NotEmpty(json["counterfactuals"]!["texts"]!.AsArray());

            // As on the dashboard, 8 digits of a pseudonym and no more.
            Assert.Equal(row.Account is { } account ? DecisionReference.TextOf(account)[..8] : null, (string?)json["account"]);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task A_caller_sees_no_number_but_windows(string language)
    {
        foreach (var receipt in Receipts(200))
        {
            var json = JsonNode.Parse(ReceiptJson.Write(CallerReceipt.Of(receipt), receipt, Texts(language)))!;
            Assert.Equal(receipt.Row.Verdict, (string)json["verdict"]!);

            // Which decision it is and when, the policy's version, labels, and what was looked at, in the catalogue's words.
            var looked = json["grounds"]!.AsArray().Select(static ground => (string)ground!["looked_at"]!).ToList();
            Assert.All(looked, static text => Assert.True(text is "the event as a whole" or "事件整体" || IsOfCatalogue(text), text));
            Assert.DoesNotMatch(Number(), string.Join(' ', json["grounds"]!.AsArray().Select(static ground => ground!["label"])));
            foreach (var known in new[] { "decision", "time", "policy", "grounds" })
            {
                json.AsObject().Remove(known);
            }

            Assert.DoesNotMatch(Number(), json.ToJsonString());
        }

        var row = Rows().MaxBy(static row => row.Score)!;
        var (exit, terminal) = await RunAsync(DecisionReference.TextOf(row.Decision), "--view", "caller", "--language", language);
        Assert.Equal((0, ""), (exit, terminal.Error));
        Assert.DoesNotContain(row.Score.ToString(CultureInfo.InvariantCulture), terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains("with-model", terminal.ScreenText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_may_be_named_as_on_the_dashboard_or_as_in_the_archive()
    {
        var row = Rows().First(static row => row.Decision < 0);
        foreach (var name in new[]
        {
            DecisionReference.TextOf(row.Decision),
            DecisionWords.PageOf(row.Decision, row.Time),
            row.Decision.ToString(CultureInfo.InvariantCulture),
        })
        {
            var (exit, terminal) = await RunAsync(name, "--format", "json");
            Assert.Equal((0, ""), (exit, terminal.Error));
            Assert.Equal(DecisionReference.TextOf(row.Decision), (string)JsonNode.Parse(terminal.Output)!["decision"]!);
        }
    }

    [Fact]
    public async Task All_are_counted_with_what_their_sums_are_off_by()
    {
        var (exit, terminal) = await RunAsync("--all");

        Assert.Equal((0, ""), (exit, terminal.Error));
        Assert.Contains("600 decisions derived again", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("600 identical, 0 not", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Largest difference between contributions and score", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("10 decisions derived again", (await RunAsync("--all", "--limit", "10")).Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_in_the_archive_ends_with_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        archive.CopyWith(folder.Path, "CASE WHEN decision > 0 THEN score + 1 ELSE score END AS score");
        var changed = Rows().First(static row => row.Decision > 0);
        var kept = Rows().First(static row => row.Decision < 0);

        var (exit, terminal) = await RunAsync(folder.Path, DecisionReference.TextOf(changed.Decision));
        Assert.Equal(1, exit);
        Assert.Contains("score", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("not identical", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(folder.Path, DecisionReference.TextOf(kept.Decision))).Exit);

        (exit, terminal) = await RunAsync(folder.Path, "--all");
        var many = Rows().Count(static row => row.Decision > 0);
        Assert.Equal(1, exit);
        Assert.Contains($"{600 - many} identical, {many} not", terminal.Output, StringComparison.Ordinal);
        Assert.Contains($"Differs: score in {many}.", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_derived_again_says_why_and_what_to_do()
    {
        using var folder = new TemporaryFolder();
        archive.CopyWith(folder.Path, "NULL::BLOB AS features");
        var name = DecisionReference.TextOf(Rows()[0].Decision);

        Assert.Contains("erased by a right", await FaultAsync(folder.Path, name), StringComparison.Ordinal);
        Assert.Contains("There is no decision 0000000000000001", await FaultAsync(archive.Folder, "0000000000000001"), StringComparison.Ordinal);
        Assert.Contains("There is no folder", await FaultAsync("/nonexistent", name), StringComparison.Ordinal);
        Assert.Contains("There is no folder", await FaultAsync("/nonexistent", "--all"), StringComparison.Ordinal);

        var terminal = new TestTerminal();
        Assert.Equal(2, await terminal.RunAsync("explain", name, "--archive", archive.Folder));
        Assert.Contains("with --policies", terminal.Error, StringComparison.Ordinal);
        Assert.Equal(2, await terminal.RunAsync("explain", "--all", "--archive", archive.Folder));
        Assert.Contains("600 decisions were not derived again", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_whose_model_is_missing_points_to_the_folder_of_models()
    {
        using var folder = new TemporaryFolder();
        var document = JsonNode.Parse(File.ReadAllText(archive.PolicyPath))!;
        document["model"]!["hash"] = new string('0', 64);
        var path = Path.Combine(folder.Path, "policy.json");
        File.WriteAllText(path, document.ToJsonString());
        using var element = System.Text.Json.JsonDocument.Parse(document.ToJsonString());
        var hash = CanonicalHash.Of(element.RootElement);
        archive.CopyWith(folder.Path, $"'{hash[..16]}' AS policy_hash");
        var terminal = new TestTerminal();

        var exit = await terminal.RunAsync("explain", DecisionReference.TextOf(Rows()[0].Decision), "--archive", folder.Path, "--policies", path);

        Assert.Equal(2, exit);
        Assert.Contains("--models", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be read", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("either DECISION or --all")]
    [InlineData("either DECISION or --all", "0000000000000001", "--all")]
    [InlineData("16 hexadecimal digits", "user-1")]
    [InlineData("go with --all", "0000000000000001", "--limit", "3")]
    [InlineData("go with a DECISION", "--all", "--view", "caller")]
    [InlineData("at least 1", "--all", "--limit", "0")]
    [InlineData("ISO 8601", "--all", "--from", "yesterday")]
    public async Task A_wrong_command_line_is_told(string part, params string[] arguments)
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync(["explain", "--archive", archive.Folder, .. arguments]));
        Assert.Contains(part, terminal.Error, StringComparison.Ordinal);
    }

    private static bool IsOfCatalogue(string text)
    {
        foreach (var feature in FeatureCatalogue.All)
        {
            if (feature.Description == text || feature.DescriptionZh == text)
            {
                return true;
            }
        }

        return false;
    }

    private static Texts Texts(string language)
    {
        var texts = new Texts();
        texts.Use(language == "zh" ? LanguageChoice.Chinese : LanguageChoice.English);
        return texts;
    }

    [GeneratedRegex("[0-9]", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Number();

    private Task<(int Exit, TestTerminal Terminal)> RunAsync(params string[] arguments) =>
        RunAsync(Directory.Exists(arguments[0]) ? arguments[0] : archive.Folder, Directory.Exists(arguments[0]) ? arguments[1..] : arguments);

    private async Task<(int Exit, TestTerminal Terminal)> RunAsync(string folder, string[] arguments)
    {
        var terminal = new TestTerminal();
        return (await terminal.RunAsync(["explain", "--archive", folder, "--policies", archive.PolicyPath, .. arguments]), terminal);
    }

    private async Task<string> FaultAsync(string folder, string argument)
    {
        var (exit, terminal) = await RunAsync(folder, [argument]);
        Assert.Equal(2, exit);
        return terminal.Error;
    }

    private IEnumerable<Receipt> Receipts(int most)
    {
        var policies = new KnownPolicies();
        policies.AddPath(archive.PolicyPath);
        using var engine = new DuckDbEngine(threads: 1, 256L << 20);
        foreach (var recorded in new ReceiptRows(engine, new ReadOnlyArchives(engine, [archive.Folder])).Read(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Take(most))
        {
            var features = new FeatureVector(FeatureCatalogue.Count);
            Assert.True(recorded.Reader.TryRead(recorded.Blob.Span, features));
            yield return Receipt.Of(recorded.Row, features, 0, policies.Find(recorded.Row.PolicyHash)!)!;
        }
    }

    private List<DecisionRow> Rows()
    {
        using var engine = new DuckDbEngine(threads: 1, 256L << 20);
        return [.. new ReceiptRows(engine, new ReadOnlyArchives(engine, [archive.Folder])).Read(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Select(static recorded => recorded.Row)];
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-explain-test-");

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
