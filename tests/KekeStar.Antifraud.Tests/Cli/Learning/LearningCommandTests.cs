using System.Text.Json;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Tests.Learning;

namespace KekeStar.Antifraud.Tests.Cli.Learning;

/// <summary><c>antifraud train</c> and <c>evaluate</c>, from the archive to files and tables.</summary>
public sealed class LearningCommandTests(LearnedArchive learned) : IClassFixture<LearnedArchive>
{
    [Fact]
    public void Training_writes_a_model_that_the_service_takes_and_says_where()
    {
        Assert.Equal((0, $"The model is in {learned.Model}{Environment.NewLine}"), (learned.ExitCode, learned.Training.Output));
        var model = new ModelLibrary(new ModelOptions { Directory = learned.Models }).Find(Path.GetFileNameWithoutExtension(learned.Model));
        Assert.Empty(model.Errors);
        Assert.InRange(model.Model!.Inputs.Count, 1, 16);
        Assert.All(PolicyWords.Risks.Keys, risk => Assert.True(File.Exists(Path.Combine(learned.Models, $"{risk}.zip"))));

        using var document = JsonDocument.Parse(File.ReadAllBytes(learned.Model));
        Assert.Equal("0 by outcomes, 0 by marks, 8000 by labels; the others: ignore", document.RootElement.GetProperty("training").GetProperty("truth").GetString());
    }

    [Fact]
    public void Each_step_is_told_with_its_time_and_memory()
    {
        var lines = learned.Training.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, static line => Assert.Matches(@"^antifraud: +\d+\.\d s +\d+ MiB  \S", line));
        foreach (var step in (string[])["8,000 events", "to calibrate", "choosing inputs", "inputs kept", "bot: growing 10 trees", "calibrating on", "differ by at most", "trained in"])
        {
            Assert.Contains(lines, line => line.Contains(step, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Evaluation_judges_rules_model_and_both_in_a_table_and_in_files()
    {
        var terminal = new TestTerminal();
        var report = learned.Of("report");

        Assert.Equal(0, await terminal.RunAsync("evaluate", "--archive", learned.Archive, "--labels", learned.Labels, "--model", learned.Model, "--out", report));

        Assert.StartsWith($"Policy ", terminal.Output, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileNameWithoutExtension(learned.Model)[..16], terminal.Output, StringComparison.Ordinal);
        Assert.Contains("| both |", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("stranger (unseen)", terminal.Output, StringComparison.Ordinal);
        Assert.Equal(terminal.Output, await File.ReadAllTextAsync(Path.Combine(report, "evaluation.md")));
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(report, "evaluation.json")));
        Assert.Equal(2_000, document.RootElement.GetProperty("events").GetInt32());
        var scorers = document.RootElement.GetProperty("scorers").EnumerateArray()
            .ToDictionary(static scorer => scorer.GetProperty("name").GetString()!, static scorer => scorer.GetProperty("average_precision").GetDouble(), StringComparer.Ordinal);
        Assert.True(scorers["model"] > 0.7 && scorers["both"] >= scorers["rules"], string.Join(", ", scorers));
    }

    [Fact]
    public async Task Marks_alone_teach_nothing_while_the_others_are_ignored_and_it_is_said_what_is_missing()
    {
        var marks = learned.Of("marks.jsonl");
        await File.WriteAllLinesAsync(
            marks, learned.Events.Where(static e => e.IsAbusive).Select(static e => $$"""{"decision":"{{e.Decision:x16}}","mark":"missed"}"""));
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync("train", "--archive", learned.Archive, "--feedback", marks, "--out", learned.Of("none")));

        Assert.Contains("honest: 0 of", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("at least 100 events of each risk", terminal.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(learned.Of("none")));

        // With the others as honest the same marks are judged: how many there were of each risk is another matter.
        var honest = new TestTerminal();
        Assert.Equal(0, await honest.RunAsync(
            "evaluate", "--archive", learned.Archive, "--feedback", marks, "--unlabelled", "honest", "--model", learned.Model, "--all"));
        Assert.Contains("8,000 events", honest.Output, StringComparison.Ordinal);
        Assert.Contains("| (unlabelled) |", honest.Output, StringComparison.Ordinal);
        Assert.Contains("| (mark) |", honest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_truth_it_is_said_where_it_was_looked_for()
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync("train", "--archive", learned.Archive, "--out", learned.Of("none")));

        Assert.Contains("no labels", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("no marks", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("no reported outcomes", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_risk_with_few_examples_is_named_with_how_many_there_are()
    {
        var labels = LearningArchive.Label(
            learned.Of("few.parquet"), learned.Events.Where(static e => e.Risk != Risk.Bot || e.Decision % 20 == 1));
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync("train", "--archive", learned.Archive, "--labels", labels, "--out", learned.Of("none")));

        Assert.Matches(@"antifraud: bot: \d+ of \d+ events to train and \d+ of \d+ to calibrate\. A model", terminal.Error);
    }

    [Fact]
    public async Task A_model_that_is_not_what_its_name_says_is_not_judged()
    {
        var other = learned.Of($"{new string('a', 64)}.json");
        File.Copy(learned.Model, other, overwrite: true);
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync("evaluate", "--archive", learned.Archive, "--labels", learned.Labels, "--model", other));

        Assert.Contains("another hash", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no folder", "--archive", "/nonexistent", "--labels", "LABELS")]
    [InlineData("no file '/nonexistent'", "--archive", "ARCHIVE", "--labels", "/nonexistent")]
    [InlineData("first 9 days", "--archive", "ARCHIVE", "--labels", "LABELS", "--skip-days", "9")]
    [InlineData("--trees is 501", "--archive", "ARCHIVE", "--labels", "LABELS", "--trees", "501")]
    [InlineData("'perhaps'", "--archive", "ARCHIVE", "--labels", "LABELS", "--unlabelled", "perhaps")]
    public async Task What_is_wrong_with_the_line_or_the_input_is_said(string part, params string[] arguments)
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync(["train", "--out", learned.Of("none"), .. arguments.Select(argument =>
            argument.Replace("ARCHIVE", learned.Archive, StringComparison.Ordinal).Replace("LABELS", learned.Labels, StringComparison.Ordinal))]));

        Assert.Contains(part, terminal.Error, StringComparison.Ordinal);
    }
}
