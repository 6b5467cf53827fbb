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
            ╭──────────────┬────────┬──────┬────────┬───────────┬────────┬────────┬──────╮
            │ Group        │ Events │ PASS │ REVIEW │ CHALLENGE │ REJECT │ Median │  Max │
            ├──────────────┼────────┼──────┼────────┼───────────┼────────┼────────┼──────┤
            │ normal users │      2 │    2 │      0 │         0 │      0 │      0 │  120 │
            │ gang         │      3 │    0 │      0 │         1 │      2 │    950 │ 1000 │
            ╰──────────────┴────────┴──────┴────────┴───────────┴────────┴────────┴──────╯
            Median and Max are scores of 0 to 1000. Outcomes reported: 1.
            Degraded answers: 1.
                      Scores
                0–99  █████████████████████████████ 1
             100–199  █████████████████████████████ 1
             200–299  0
             300–399  0
             400–499  0
             500–599  0
             600–699  █████████████████████████████ 1
             700–799  0
             800–899  0
            900–1000  ████████████████████████████████████████████████████████████ 2
            line 8: The service answered InvalidArgument: scene: required
            """,
            TestTerminal.Draw(screen => ReplayView.Write(screen, tally)));
    }

    private static void Score(ReplayTally tally, int line, string group, Verdict verdict, uint score) =>
        tally.Add(Entry(line, group), new ScoreReply { Verdict = verdict, Score = score });

    private static ReplayEntry Entry(int line, string group) => new() { Line = line, Group = group };
}
