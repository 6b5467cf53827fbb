using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Tests.Archive;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Learning;

/// <summary>What learning reads of an archive that a service still holds, and what it takes for true.</summary>
public sealed class LabelledArchiveTests : IAsyncDisposable
{
    private readonly ArchiveUnderTest _archive = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-labels-");
    private readonly List<string> _progress = [];

    private string Labels => Path.Combine(_folder.FullName, "labels.parquet");

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _archive.DisposeAsync();
    }

    [Fact]
    public void Labelled_decisions_come_back_in_the_order_of_time_with_the_features_that_were_recorded()
    {
        var events = SyntheticEvents.Make(3_000, seed: 1);
        LearningArchive.Write(_archive, events);
        LearningArchive.Label(Labels, events.Where(static e => e.Decision % 2 == 0).Reverse());

        var read = Read(UnlabelledEvents.Ignore, Labels);

        Assert.Equal(
            events.Where(static e => e.Decision % 2 == 0).Select(Text),
            read.Events.Select(static e => Text(e with { TimeMilliseconds = e.TimeMilliseconds - ArchiveUnderTest.Start.ToUnixTimeMilliseconds() })),
            StringComparer.Ordinal);
        Assert.Equal($"0 by outcomes, 0 by marks, {read.Events.Count} by labels; the others: ignore", read.Truth);
        Assert.Contains(_progress, static line => line.Contains("by labels", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Outcome.AccountTheftConfirmed, Scene.Register, "account_theft")]
    [InlineData(Outcome.HarassmentConfirmed, Scene.Login, "bot")]
    [InlineData(Outcome.Missed, Scene.Register, "batch_registration")]
    [InlineData(Outcome.Missed, Scene.SendMessage, "bot")]
    [InlineData(Outcome.Missed, Scene.Withdraw, "account_theft")]
    [InlineData(Outcome.FalsePositive, Scene.Login, "honest")]
    public void An_outcome_says_which_risk_it_was_or_the_scene_does(Outcome outcome, Scene scene, string risk)
    {
        LearningArchive.Write(_archive, SyntheticEvents.Make(1, seed: 2), made => made with { Scene = scene });
        LearningArchive.Report(_archive, decision: 1, outcome);

        var e = Assert.Single(Read(UnlabelledEvents.Ignore).Events);

        Assert.Equal((risk, "(outcome)", false), (e.Risk is { } known ? PolicyWords.WordOf(known) : "honest", e.Actor, e.IsUnseen));
    }

    [Fact]
    public void Of_what_was_missed_the_risk_is_the_one_that_led_the_decision()
    {
        // The rules of the archive under test add to registration in bulk.
        LearningArchive.Write(_archive, SyntheticEvents.Make(1, seed: 2), static made => made with { Scene = Scene.SendMessage, Rules = 1 });
        LearningArchive.Report(_archive, decision: 1, Outcome.Missed);

        Assert.Equal(Risk.BatchRegistration, Assert.Single(Read(UnlabelledEvents.Ignore).Events).Risk);
    }

    [Fact]
    public void Outcomes_that_say_nothing_of_fraud_teach_nothing()
    {
        LearningArchive.Write(_archive, SyntheticEvents.Make(1, seed: 2));
        LearningArchive.Report(_archive, decision: 1, Outcome.LoginFailed);

        var fault = Assert.Throws<InvalidDataException>(() => Read(UnlabelledEvents.Honest));

        Assert.Contains("Nothing is known of any decision", fault.Message, StringComparison.Ordinal);
        Assert.Contains(_archive.Folder, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_counts_before_an_outcome_a_label_before_both_and_a_mark_taken_back_not_at_all()
    {
        var events = SyntheticEvents.Make(4, seed: 3).ConvertAll(static e => e with { Risk = Risk.Bot, Actor = "labelled", IsUnseen = true });
        LearningArchive.Write(_archive, events, static made => made with { Scene = Scene.Login });
        events.ForEach(e => LearningArchive.Report(_archive, e.Decision, Outcome.AccountTheftConfirmed));
        File.WriteAllLines(
            Path.Combine(_archive.Folder, "feedback.jsonl"),
            [Mark(events[1], "false_positive"), Mark(events[2], "false_positive"), Mark(events[3], "false_positive"), Mark(events[3], "none")]);
        LearningArchive.Label(Labels, [events[2]]);

        var read = Read(UnlabelledEvents.Ignore, Labels);

        Assert.Equal(
            [
                (Risk.AccountTheft, "(outcome)", false),
                (null, "(mark)", false),
                (Risk.Bot, "labelled", true),
                (Risk.AccountTheft, "(outcome)", false),
            ],
            read.Events.Select(static e => (e.Risk, e.Actor, e.IsUnseen)));
    }

    [Fact]
    public void What_is_unlabelled_is_ignored_or_honest_and_what_was_stopped_is_never_honest()
    {
        Verdict[] verdicts = [Verdict.Pass, Verdict.Review, Verdict.Challenge, Verdict.Reject, Verdict.Reject];
        var events = SyntheticEvents.Make(verdicts.Length, seed: 4);
        LearningArchive.Write(_archive, events, made => made with { Verdict = verdicts[events.FindIndex(e => e.Decision == made.Decision)] });
        LearningArchive.Report(_archive, events[^1].Decision, Outcome.AccountTheftConfirmed);

        Assert.Equal([events[^1].Decision], Read(UnlabelledEvents.Ignore).Events.Select(static e => e.Decision));
        Assert.Equal(
            [(events[0].Decision, "(unlabelled)", false), (events[1].Decision, "(unlabelled)", false), (events[^1].Decision, "(outcome)", true)],
            Read(UnlabelledEvents.Honest).Events.Select(static e => (e.Decision, e.Actor, e.IsAbusive)));
    }

    [Fact]
    public async Task What_was_erased_is_not_read_from_a_part_that_a_crash_left()
    {
        var events = SyntheticEvents.Make(2, seed: 5);
        LearningArchive.Write(_archive, events, made => made with { Account = made.Decision });
        LearningArchive.Label(Labels, events);
        var parts = LiveParts();
        var asked = _archive.Queue.AskAsync(new RecordErasure { Account = (ulong)events[0].Decision });
        _archive.Writer.KeepUp();
        await asked;
        foreach (var (path, bytes) in parts)
        {
            File.WriteAllBytes(path, bytes);
        }

        Assert.Equal([events[1].Decision], Read(UnlabelledEvents.Ignore, Labels).Events.Select(static e => e.Decision));
    }

    [Fact]
    public void What_cannot_be_read_is_said_with_its_name()
    {
        LearningArchive.Write(_archive, SyntheticEvents.Make(1, seed: 6));
        Assert.Contains("no folder", Assert.Throws<DirectoryNotFoundException>(() => LabelledArchive.Read(
            new TruthFiles { Archives = [Path.Combine(_folder.FullName, "none")] }, UnlabelledEvents.Ignore, _progress.Add)).Message, StringComparison.Ordinal);

        LearningArchive.Label(Labels, SyntheticEvents.Make(3, seed: 6).Skip(1));
        Assert.Contains("among the 2 of which something is known", Fault(), StringComparison.Ordinal);

        Make("SELECT 1::BIGINT AS decision");
        Assert.Contains("decision BIGINT and abusive BOOLEAN", Fault(), StringComparison.Ordinal);

        Make("SELECT 1::BIGINT AS decision, true AS abusive, 'spam' AS risk");
        Assert.Contains("'spam'; allowed are batch_registration, bot, account_theft", Fault(), StringComparison.Ordinal);

        File.WriteAllText(Labels, "no Parquet");
        Assert.Contains("is no file of labels", Fault(), StringComparison.Ordinal);
    }

    private static string Mark(LabelledEvent e, string mark) => $$"""{"decision":"{{e.Decision:x16}}","mark":"{{mark}}"}""";

    private static string Text(LabelledEvent e) =>
        $"{e.Decision} {e.TimeMilliseconds} {e.Scene} {e.Risk} {e.Actor} {e.IsUnseen} {Convert.ToHexString(e.Features)}";

    private LabelledEvents Read(UnlabelledEvents unlabelled, string? labels = null) =>
        LabelledArchive.Read(new TruthFiles { Archives = [_archive.Folder], Labels = labels }, unlabelled, _progress.Add);

    private string Fault() => Assert.Throws<InvalidDataException>(() => Read(UnlabelledEvents.Ignore, Labels)).Message;

    private void Make(string sql)
    {
        using var engine = new DuckDbEngine(threads: 1, LearningLimits.ReadingMemoryBytes);
        engine.Execute($"COPY ({sql}) TO {DuckDbEngine.Quote(Labels)} (FORMAT parquet)");
    }

    private Dictionary<string, byte[]> LiveParts() => Directory.GetFiles(Path.Combine(_archive.Folder, "records"), "*.parquet", SearchOption.AllDirectories)
        .ToDictionary(static path => path, File.ReadAllBytes, StringComparer.Ordinal);
}
