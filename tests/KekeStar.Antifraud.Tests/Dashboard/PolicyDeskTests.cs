using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.DryRuns;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Dashboard.Feedback;
using KekeStar.Antifraud.Dashboard.Policies;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Tests.Archive;
using KekeStar.Antifraud.Tests.Audit;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>What the pages of policy and feedback do, over a real archive and a real audit log.</summary>
public sealed class PolicyDeskTests : IAsyncLifetime, IDisposable
{
    private static readonly System.Security.Claims.ClaimsPrincipal Analyst = Person.Make("mei", Roles.Analyst, Person.Local, mustChange: false);
    private static readonly System.Security.Claims.ClaimsPrincipal Editor = Person.Make("lin", Roles.PolicyEditor, Person.Local, mustChange: false);

    private static readonly OptionalArchive None = new(Archive: null, Feedback: null);

    private readonly ArchiveUnderTest _archive = new();
    private readonly AuditUnderTest _auditing = new();
    private KekeStar.Antifraud.Audit.AuditLog _audit = null!;
    private PolicySource _source = null!;

    private OptionalArchive Kept => new(_archive.Archive, _archive.Feedback);

    public Task InitializeAsync()
    {
        _audit = _auditing.Open();
        _source = new PolicySource(new PolicyOptions { Directory = "" }, _archive.Clock, NullLogger<PolicySource>.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _archive.DisposeAsync();

    public void Dispose()
    {
        _source.Dispose();
        _audit.Dispose();
        _auditing.Dispose();
    }

    [Fact]
    public async Task No_more_decisions_are_marked_at_once_than_the_limit()
    {
        _archive.Write(Enumerable.Range(1, ArchiveLimits.MaxMarks + 1).Select(static number => new MadeDecision { Decision = number, Verdict = Verdict.Reject }));
        var ids = Enumerable.Range(1, ArchiveLimits.MaxMarks + 1).Select(static number => number.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(FeedbackStatus.TooMany, (await MarkAsync(string.Join('\n', ids))).Status);
        Assert.Empty(_archive.Feedback.Entries);
        Assert.Empty(_auditing.Lines());

        var result = await MarkAsync(string.Join('，', ids.Take(ArchiveLimits.MaxMarks)));
        Assert.Equal((FeedbackStatus.Done, ArchiveLimits.MaxMarks), (result.Status, result.Marked));
        var line = Assert.Single(_auditing.Lines());
        Assert.Equal(
            ("feedback_given", "dashboard:mei", "\"confirmed\"", "500"), (line.Action, line.Caller, line.Details.Values["mark"], line.Details.Values["decisions"]));
    }

    [Fact]
    public async Task A_mark_holds_what_the_decision_held()
    {
        _archive.Write(
            new MadeDecision { Decision = -5, Verdict = Verdict.Reject, Rules = 0b1011, Account = 77, OtherAccount = 78 }, new MadeDecision { Decision = 6, Verdict = Verdict.Pass });

        var result = await MarkAsync("fffffffffffffffb 0000000000000006 0000000000000007 five");

        Assert.Equal((1, 1), (result.Marked, result.Unfit));
        Assert.Equal(["0000000000000007", "five"], result.Unknown);
        var entry = Assert.Single(_archive.Feedback.Entries);
        Assert.Equal(
            (-5, FeedbackMark.Confirmed, "dashboard:mei", ArchiveUnderTest.Start, "login", "reject", 350, 77, 78),
            (entry.Decision, entry.Mark, entry.By, entry.DecidedAt, entry.Scene, entry.Verdict, entry.Score, entry.Account, entry.OtherAccount));
        Assert.Equal(["rule_a", "rule_b"], entry.Rules);
        Assert.Equal(["rule_shadow"], entry.ShadowRules);
    }

    [Fact]
    public async Task Nobody_does_what_is_another_roles()
    {
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => new FeedbackDesk(_audit, _archive.Clock, Kept)
            .MarkAsync(Editor, "0000000000000001", FeedbackMark.Confirmed, CancellationToken.None));
        using var runs = new DryRuns(_source, _archive.Clock, Kept);
        var desk = new PolicyDesk(new PolicyWorkbench(new PolicyOptions(), _source, _audit, _archive.Clock), _source, runs, _archive.Clock, None);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.BeginAsync(Analyst, "title"));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.RollBackAsync(Analyst, 0, 0, "why"));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.ApproveAsync(Analyst, Draft("1")));
        Assert.Throws<UnauthorizedAccessException>(() => desk.TryDryRun(Analyst, Draft("1"), _source.Current, 1));
    }

    [Fact]
    public async Task No_more_dry_runs_are_under_way_than_the_limit_and_one_is_of_the_text_that_it_tried()
    {
        _archive.Write(Enumerable.Range(1, 3 * ArchiveLimits.DryRunPageRows).Select(static number => new MadeDecision { Decision = number }));
        _archive.Clock.Advance(TimeSpan.FromMinutes(1));
        using var runs = new DryRuns(_source, _archive.Clock, Kept);
        var (draft, other) = (Draft("1"), Draft("2"));
        Assert.True(runs.TryStart(draft, _source.Current, ArchiveLimits.MaxDryRunRows));
        var run = runs.Of(draft)!;

        Assert.True(!runs.TryStart(other, _source.Current, 1) || run.Report.State != DryRunState.Running, "A second dry run began beside the first.");

        await run.Completion;
        Assert.True(runs.TryStart(other, _source.Current, 1));
        await runs.Of(other)!.Completion;
        Assert.Equal(1, runs.Of(other)!.Report.Decisions);
        Assert.Null(runs.Of(draft with { Text = "{}" }));
    }

    [Fact]
    public void Without_an_archive_there_is_no_dry_run()
    {
        using var runs = new DryRuns(_source, _archive.Clock, None);

        Assert.False(runs.IsPossible);
        Assert.False(runs.TryStart(Draft("1"), _source.Current, 1));
    }

    private static PolicyDraft Draft(string id) => new()
    {
        Id = id,
        Title = "title",
        BasedOn = 0,
        Revision = 1,
        State = PolicyDraftState.Draft,
        Authors = ["dashboard:lin"],
        ChangedAt = ArchiveUnderTest.Start,
        Text = "{ }",
    };

    private Task<FeedbackResult> MarkAsync(string decisions) =>
        new FeedbackDesk(_audit, _archive.Clock, Kept).MarkAsync(Analyst, decisions, FeedbackMark.Confirmed, CancellationToken.None);
}
