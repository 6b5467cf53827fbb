using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Overview;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The overview's figures of what the archive answered.</summary>
public sealed class ArchivedOverviewTests
{
    private static readonly DateTimeOffset To = new(2026, 11, 27, 12, 3, 20, TimeSpan.Zero);
    private static readonly DateTimeOffset From = To.AddHours(-1);
    private static readonly DateTimeOffset Busy = new(2026, 11, 27, 11, 30, 0, TimeSpan.Zero);

    private static readonly Overview Answer = new()
    {
        Step = TimeSpan.FromMinutes(1),
        Points =
        [
            new OverviewPoint(Busy, "pass", 120, 2) { People = 30 },
            new OverviewPoint(Busy, "reject", 7, 0) { People = 3 },
        ],
        Latencies = [new LatencyPoint(Busy, TimeSpan.FromMicroseconds(400), TimeSpan.FromMilliseconds(3))],
        Scenes =
        [
            new SceneCount("new_device_login", "pass", 120) { People = 30 },
            new SceneCount("register", "reject", 7) { People = 3 },
        ],
        Scores = [120, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0],
        ScorePeople = [30, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0],
        Labels = [new NameCount("vpn", 40) { People = 12 }, new NameCount("hook", 7) { People = 3 }],
        Total = 127,
        Degraded = 2,
        Median = TimeSpan.FromMicroseconds(400),
        Percentile99 = TimeSpan.FromMilliseconds(3),
    };

    [Fact]
    public void An_analyst_sees_every_figure()
    {
        var figures = ArchivedOverview.Of(Answer, From, To, Roles.Analyst);

        Assert.False(figures.HasHidden);
        Assert.Equal((127, 120, 7), (figures.Decisions, figures.ByVerdict[Verdict.Pass], figures.ByVerdict[Verdict.Reject]));
        Assert.Equal(0, figures.ByVerdict[Verdict.Challenge]);
        Assert.Equal(120, figures.ByScene[(Scene.NewDeviceLogin, Verdict.Pass)]);
        Assert.Equal(0, figures.ByScene[(Scene.Login, Verdict.Pass)]);
        Assert.Equal([(0, 120L), (100, 0L)], figures.Scores.Take(2).Select(static score => (score.From, score.Decisions!.Value)));
        Assert.Equal([("vpn", 40L), ("hook", 7L)], figures.Labels!.Select(static label => (label.Name, label.Decisions!.Value)));
        Assert.Equal((0.4, 3.0), (figures.Median!.Value, figures.Percentile99!.Value));
    }

    [Fact]
    public void A_viewer_sees_no_figure_about_fewer_than_five_accounts()
    {
        var figures = ArchivedOverview.Of(Answer, From, To, Roles.Viewer);

        Assert.True(figures.HasHidden);
        Assert.Equal((120, null), (figures.ByVerdict[Verdict.Pass], figures.ByVerdict[Verdict.Reject]));
        Assert.Null(figures.ByScene[(Scene.Register, Verdict.Reject)]);
        Assert.Null(figures.Scores[8].Decisions);
        Assert.Equal([40L, null], figures.Labels!.Select(static label => label.Decisions));
        var busy = figures.Steps.Single(static step => step.Time == Busy);
        Assert.Equal([120L, 0L, 0L, null], busy.ByVerdict);
    }

    [Fact]
    public void The_curves_have_every_step_of_the_range_and_nothing_in_the_empty_ones()
    {
        var steps = ArchivedOverview.Of(Answer, From, To, Roles.Analyst).Steps;

        Assert.Equal(61, steps.Count);
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 11, 3, 0, TimeSpan.Zero), steps[0].Time);
        Assert.All(steps.Where(static step => step.Time != Busy), static step => Assert.Equal((0L, null), (step.Decisions, step.Median)));
        Assert.Equal((127L, 2L, 0.4), steps.Where(static step => step.Time == Busy).Select(static step => (step.Decisions, step.Degraded, step.Median!.Value)).Single());
    }

    [Fact]
    public void An_archive_without_decisions_gives_dashes()
    {
        var figures = ArchivedOverview.Of(Overview.Empty with { Step = TimeSpan.FromMinutes(1) }, From, To, Roles.Viewer);

        Assert.Equal((0L, null, false), (figures.Decisions, figures.Median, figures.HasHidden));
        Assert.Equal("–", OverviewFigures.Percent(figures.ByVerdict[Verdict.Pass], figures.Decisions));
        Assert.Empty(figures.Labels!);
    }
}
