using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Marks on decisions, in the archive's folder.</summary>
public sealed class FeedbackBookTests
{
    [Fact]
    public async Task Marks_are_there_after_a_restart_and_the_later_one_counts()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision());
        archive.Feedback.Add([Entry(1, FeedbackMark.FalsePositive), Entry(2, FeedbackMark.Confirmed), Entry(-3, FeedbackMark.Missed)]);
        archive.Feedback.Add([Entry(1, FeedbackMark.Confirmed), Entry(2, FeedbackMark.None)]);

        archive.Restart();

        Assert.Equal([(-3, FeedbackMark.Missed), (1, FeedbackMark.Confirmed)], archive.Feedback.Entries.Select(static entry => (entry.Decision, entry.Mark)).Order());
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(Entry(1, FeedbackMark.Confirmed)), System.Text.Json.JsonSerializer.Serialize(archive.Feedback.Find(1)));
        Assert.Null(archive.Feedback.Find(2));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf(archive)));
        }
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_costs_itself_and_no_other()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision());
        archive.Feedback.Add([Entry(1, FeedbackMark.Confirmed)]);
        await File.AppendAllTextAsync(PathOf(archive), "{\"decision\":\"00000000000000");

        archive.Restart();
        archive.Feedback.Add([Entry(2, FeedbackMark.Confirmed)]);
        archive.Restart();

        Assert.Equal([1L, 2L], archive.Feedback.Entries.Select(static entry => entry.Decision).Order());
    }

    [Fact]
    public async Task Erasing_an_account_takes_the_marks_of_its_decisions_too()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision());
        archive.Feedback.Add(
        [
            Entry(1, FeedbackMark.Confirmed) with { Account = 0x1234_5678_9ABC },
            Entry(2, FeedbackMark.Confirmed) with { OtherAccount = 0x1234_5678_9ABC },
            Entry(3, FeedbackMark.Missed),
            Entry(4, FeedbackMark.Missed) with { Account = 5 },
        ]);
        var asked = archive.Queue.AskAsync(new RecordErasure { Account = 0x1234_5678_9ABC, Decisions = [3] });
        archive.Writer.KeepUp();
        await asked;

        Assert.Equal([4L], archive.Feedback.Entries.Select(static entry => entry.Decision));
        Assert.DoesNotContain("123456789abc", await File.ReadAllTextAsync(PathOf(archive)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_goes_when_its_decision_is_past_retention()
    {
        await using var archive = new ArchiveUnderTest(static options => options.RetentionDays = 2);
        archive.Write(new MadeDecision());
        archive.Feedback.Add([Entry(1, FeedbackMark.Confirmed), Entry(2, FeedbackMark.Confirmed) with { DecidedAt = ArchiveUnderTest.Start.AddHours(1) }]);

        archive.Clock.SetUtcNow(ArchiveUnderTest.Start.AddDays(2).AddMinutes(1));
        archive.Writer.KeepUp();

        Assert.Equal([2L], archive.Feedback.Entries.Select(static entry => entry.Decision));
    }

    [Fact]
    public async Task Precision_counts_right_and_wrong_for_each_rule_and_missed_ones_for_shadow_rules()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision());
        archive.Feedback.Add(
        [
            Entry(1, FeedbackMark.Confirmed) with { Rules = ["a", "b"] },
            Entry(2, FeedbackMark.Confirmed) with { Rules = ["a"], ShadowRules = ["s"] },
            Entry(3, FeedbackMark.FalsePositive) with { Rules = ["a"], ShadowRules = ["s"] },
            Entry(4, FeedbackMark.Missed) with { Rules = ["b"], ShadowRules = ["s"] },
        ]);

        var (rules, shadows) = archive.Feedback.Precision();

        Assert.Equal(new RulePrecision(2, 1), rules["a"]);
        Assert.Equal(2 / 3.0, rules["a"].Share, 1e-9);
        Assert.Equal(new RulePrecision(1, 0), rules["b"]);
        Assert.Equal(new RulePrecision(2, 1), shadows["s"]);
    }

    [Fact]
    public async Task There_are_no_more_marks_than_the_limit()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision());
        Assert.True(archive.Feedback.Add([.. Enumerable.Range(1, ArchiveLimits.MaxKeptMarks).Select(static number => Entry(number, FeedbackMark.Confirmed))]));

        Assert.False(archive.Feedback.Add([Entry(-1, FeedbackMark.Confirmed)]));
        Assert.True(archive.Feedback.Add([Entry(1, FeedbackMark.None)]));
        Assert.True(archive.Feedback.Add([Entry(-1, FeedbackMark.Confirmed)]));
    }

    [Theory]
    [InlineData("false_positive", "pass", false)]
    [InlineData("confirmed", "pass", false)]
    [InlineData("missed", "pass", true)]
    [InlineData("missed", "reject", false)]
    [InlineData("false_positive", "review", true)]
    [InlineData("confirmed", "reject", true)]
    [InlineData("none", "pass", true)]
    public void A_mark_fits_what_it_can_be_about(string mark, string verdict, bool fits) =>
        Assert.Equal(fits, FeedbackMarks.Fits(FeedbackMarks.Find(mark)!.Value, verdict));

    private static string PathOf(ArchiveUnderTest archive) => Path.Combine(archive.Folder, "feedback.jsonl");

    private static FeedbackEntry Entry(long decision, FeedbackMark mark) => new()
    {
        Decision = decision,
        Mark = mark,
        By = "dashboard:lin",
        At = ArchiveUnderTest.Start.AddMinutes(5),
        DecidedAt = ArchiveUnderTest.Start,
        Scene = "login",
        Verdict = "review",
        Score = 300,
        Rules = ["rule_a"],
        ShadowRules = [],
    };
}
