using System.Globalization;
using CsCheck;
using Google.Protobuf;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// Who refuses, or whose device cannot say, is never worse off under the shipped policy: for every subset of the optional
/// consent categories, and for each single optional field, no error, no higher score and no harsher verdict than the
/// same event with harmless values gets.
/// </summary>
public sealed class RefusalTests(ITestOutputHelper output)
{
    // Of some 147 comparisons each. CsCheck_Iter=3000 makes a longer run.
    private const int Histories = 120;

    private static readonly Dictionary<int, ByteString> NoTokens = [];

    [Fact]
    public void There_are_six_optional_categories_and_every_optional_signal_is_left_out_once()
    {
        Assert.Equal(64, Refusal.Subsets);
        Assert.Equal(2 * 63, RefusalJudge.Categories.Length);
        var optional = DataInventory.Signals.Where(signal => signal.Consent > ConsentCategory.Essential)
            .SelectMany(signal => signal.Places)
            .Where(place => !place.StartsWith(nameof(SealedSignals), StringComparison.Ordinal) && !place.StartsWith(nameof(MotionSeries), StringComparison.Ordinal));
        Assert.Equal(optional.Select(place => "absent " + place), RefusalJudge.Fields.Select(field => field.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task With_harmless_values_everybody_passes_and_so_does_whoever_refuses_anything()
    {
        await using var judge = new RefusalJudge();
        foreach (var scene in Enum.GetValues<Scene>().Where(scene => scene != Scene.Unspecified))
        {
            for (var device = 0; device < 2; device++)
            {
                var last = new Step(TimeSpan.Zero, scene, device, device, device, device, Outcome.Unspecified, History.Everything);
                var reply = await judge.JudgeAsync([], last, keepsToken: false);
                Assert.Equal((0u, Verdict.Pass), (reply.Score, reply.Verdict));
                await judge.JudgeAsync([last with { Scene = Scene.Register }, last with { Gap = TimeSpan.FromHours(30) }], last, keepsToken: true);
            }
        }
    }

    [Fact]
    public async Task Refusal_never_costs_whatever_came_before()
    {
        await using var judge = new RefusalJudge();
        Gen.Select(History.Risky, History.Last, Gen.Bool, Gen.Bool).Sample(
            (history, last, isSameActor, keepsToken) =>
            {
                var before = history[^1];
                var judged = isSameActor
                    ? last with { Account = before.Account, Device = before.Device, Network = before.Network, Card = before.Card }
                    : last;
                judge.JudgeAsync(history, judged, keepsToken).GetAwaiter().GetResult();
            },
            iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? Histories : -1,
            threads: 1);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{judge.Comparisons} comparisons; {judge.Verdicts}"));
    }

    [Fact]
    public async Task Whoever_refuses_everything_and_passed_a_challenge_is_not_asked_again_in_the_same_network()
    {
        await using var judge = new RefusalJudge();
        var pipeline = judge.Pipeline;
        var refusing = new Step(TimeSpan.FromMinutes(1), Scene.Login, Account: 0, Device: 0, Network: 0, Card: 0, Outcome.LoginFailed, Granted: 0);
        Step[] history = [.. Enumerable.Repeat(refusing, 20), refusing with { Outcome = Outcome.CaptchaPassed }];
        foreach (var step in history)
        {
            pipeline.Clock.Advance(step.Gap);
            var request = RefusalJudge.Request(step, NoTokens);
            await pipeline.ScoreAsync(request);
            await pipeline.ReportAsync(request, step.Outcome);
        }

        var again = RefusalJudge.Request(refusing, NoTokens);
        again.ThirdParty.VendorScore = 900;
        var elsewhere = RefusalJudge.Request(refusing with { Network = 1 }, NoTokens);
        elsewhere.ThirdParty.VendorScore = 900;

        Assert.Equal(Verdict.Pass, (await pipeline.ScoreAsync(again)).Verdict);
        Assert.Equal(Verdict.Challenge, (await pipeline.ScoreAsync(elsewhere)).Verdict);
    }
}
