using Grpc.Core;
using KekeStar.Antifraud.Cli.Replaying;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli.Replaying;

public class ReplayViewTests
{
    [Fact]
    public void A_summary_shows_groups_histogram_and_failures_with_their_lines()
    {
        var tally = new ReplayTally();
        Score(tally, 1, "normal users", Verdict.Pass, 0);
        Score(tally, 2, "normal users", Verdict.Pass, 120);
        Score(tally, 3, "gang", Verdict.Challenge, 600);
        Score(tally, 4, "gang", Verdict.Reject, 1000);
        Score(tally, 5, "gang", Verdict.Reject, 950);
        tally.Add(Entry(6, "gang"), new ReportReply { Degraded = { DegradedCause.StoreTimeout } });
        tally.Add(Entry(8, "gang"), new RpcException(new Status(StatusCode.InvalidArgument, "scene: required")));

        Assert.Equal(
            """
            Group
            """,
            TestTerminal.Draw(screen => ReplayView.Write(screen, tally)));
    }

    private static void Score(ReplayTally tally, int line, string group, Verdict verdict, uint score) =>
        tally.Add(Entry(line, group), new ScoreReply { Verdict = verdict, Score = score });

    private static ReplayEntry Entry(int line, string group) => new() { Line = line, Group = group };
}
