using KekeStar.Antifraud.Cli.Replaying;
using KekeStar.Antifraud.Cli.Samples;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Demonstration;

/// <summary>What the shipped policy must make of the sample traffic.</summary>
/// <param name="Text">The expectation.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Holds">True if it holds.</param>
internal readonly record struct DemoExpectation(string Text, string Seen, bool Holds);

/// <inheritdoc cref="DemoExpectation"/>
internal static class DemoExpectations
{
    /// <summary>
    /// Registrations of the gang that may pass before it shows: a dozen from one network could be a classroom.
    /// </summary>
    public const int GangWarmUp = 12;

    /// <summary>Messages of the bot that may pass before its rhythm shows.</summary>
    public const int BotWarmUp = 10;

    /// <summary>Share of the events after the warm-up that must be challenged or rejected, in percent.</summary>
    public const int StoppedPercent = 80;

    /// <summary>Judges a replay of the sample.</summary>
    public static IReadOnlyList<DemoExpectation> Judge(ReplayTally tally) =>
    [
        NobodyAbove(tally, SampleTraffic.Normal, Verdict.Pass),
        NobodyAbove(tally, SampleTraffic.Refused, Verdict.Pass),
        NobodyAbove(tally, SampleTraffic.Owner, Verdict.Pass),
        NobodyAbove(tally, SampleTraffic.Dormitory, Verdict.Challenge),
        Stopped(tally, SampleTraffic.Gang, GangWarmUp),
        Stopped(tally, SampleTraffic.Bot, BotWarmUp),
        Stopped(tally, SampleTraffic.Thief, StolenAccount.FailedLogins),
        new("all lines answered", Answers(tally), tally.FailureCount == 0 && tally.Groups.Sum(g => g.Degraded) == 0),
    ];

    private static DemoExpectation NobodyAbove(ReplayTally tally, string group, Verdict hardest)
    {
        var verdicts = Of(tally, group);
        var above = verdicts.Count(v => v > hardest);
        var text = hardest == Verdict.Pass ? $"{group}: everybody passes" : $"{group}: nobody is rejected";
        return new DemoExpectation(text, $"{above} of {verdicts.Length} otherwise", verdicts.Length > 0 && above == 0);
    }

    private static DemoExpectation Stopped(ReplayTally tally, string group, int warmUp)
    {
        var verdicts = Of(tally, group).Skip(warmUp).ToArray();
        var stopped = verdicts.Count(v => v >= Verdict.Challenge);
        return new DemoExpectation(
            $"{group}: stopped after {warmUp} events",
            $"{stopped} of {verdicts.Length}",
            verdicts.Length > 0 && stopped * 100 >= verdicts.Length * StoppedPercent);
    }

    private static string Answers(ReplayTally tally) =>
        $"{tally.Answered} answered, {tally.FailureCount} failed, {tally.Groups.Sum(g => g.Degraded)} degraded";

    private static Verdict[] Of(ReplayTally tally, string group) => [.. tally.Find(group)?.Verdicts ?? []];
}
