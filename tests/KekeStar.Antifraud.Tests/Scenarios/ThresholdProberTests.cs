using System.Globalization;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// What a thousand questions teach about the threshold of whom one attacks with next: not more than to within the jitter's width,
/// under the shipped width and through the whole hot path. Without jitter they teach it to the point.
/// </summary>
public sealed class ThresholdProberTests(ITestOutputHelper output)
{
    private const int Queries = 1_000;

    // So many that the mean error is known to within a hundredth of the width.
    private const int Attackers = 4_000;

    // All of them meet the same threshold.
    private const int AttackersWithoutJitter = 100;

    private static readonly int Shipped = TestPolicies.Load(TestPolicies.Document()).Jitter.Width;

    /// <summary>Ways to spend the questions.</summary>
    public enum Way
    {
        /// <summary>One account, to the last point.</summary>
        OneAccount,

        /// <summary>As many accounts as can be searched to the last point, and the middle of what was found.</summary>
        MiddleOfAccounts,

        /// <summary>A new account for each question, asked at the estimate, which goes down by it or up, by less each time.</summary>
        NewAccountEachTime,
    }

    [Theory]
    [InlineData(Way.OneAccount, Scene.Login)]
    [InlineData(Way.MiddleOfAccounts, Scene.Login)]
    [InlineData(Way.NewAccountEachTime, Scene.Login)]
    [InlineData(Way.MiddleOfAccounts, Scene.Register)]
    [InlineData(Way.NewAccountEachTime, Scene.Register)]
    public async Task A_thousand_questions_leave_the_estimate_off_by_the_width(Way way, Scene scene)
    {
        Assert.True(Shipped > 0, "The shipped policy moves thresholds.");
        var (estimate, error, challenged) = await ProbeAsync(way, scene, Shipped);
        var (_, without, _) = await ProbeAsync(way, scene, width: 0);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{way} in {scene}: estimate {estimate}, off by {error:0.00} points in the mean ({without:0.00} without jitter); of attackers who stay one point below it {challenged:0.0 %} are challenged"));
        Assert.InRange(error, Shipped, (2 * Shipped) + 1);
        Assert.InRange(without, 0, 1);
    }

    [Fact]
    public async Task What_was_searched_is_known_in_its_scene_and_in_no_other()
    {
        await using var prober = new ThresholdProber(Shipped);
        var (same, other) = (0.0, 0.0);
        const int Accounts = 300;
        for (var i = 0; i < Accounts; i++)
        {
            var account = prober.Newcomer();
            var found = await prober.SearchAsync(Scene.Login, account) - prober.WrittenThreshold(Scene.Login);
            same += Math.Abs(await ShiftAsync(prober, Scene.Login, account) - found);
            other += Math.Abs(await ShiftAsync(prober, Scene.Withdraw, account) - found);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"off by {same / Accounts:0.00} points in the same scene, {other / Accounts:0.00} in another"));
        Assert.Equal(0, same);
        Assert.InRange(other / Accounts, Shipped, 2 * Shipped);
    }

    private static async Task<int> ShiftAsync(ThresholdProber prober, Scene scene, int account) =>
        await prober.ThresholdOfAsync(scene, account, prober.WrittenThreshold(scene)) - prober.WrittenThreshold(scene);

    private static async Task<(int Estimate, double Error, double Challenged)> ProbeAsync(Way way, Scene scene, int width)
    {
        await using var prober = new ThresholdProber(width);
        var estimate = await EstimateAsync(prober, way, scene);
        Assert.InRange(prober.Queries, 1, Queries);
        var (error, challenged) = (0.0, 0.0);
        var attackers = width == 0 ? AttackersWithoutJitter : Attackers;
        for (var i = 0; i < attackers; i++)
        {
            var threshold = await prober.ThresholdOfAsync(scene, prober.Newcomer(), estimate - 1);
            error += Math.Abs(threshold - estimate);
            challenged += threshold <= estimate - 1 ? 1 : 0;
        }

        return (estimate, error / attackers, challenged / attackers);
    }

    private static async Task<int> EstimateAsync(ThresholdProber prober, Way way, Scene scene)
    {
        const int OfOneSearch = 7;
        switch (way)
        {
            case Way.OneAccount:
                return await prober.SearchAsync(scene, prober.Newcomer());
            case Way.MiddleOfAccounts:
                var found = new List<int>();
                while (prober.Queries + OfOneSearch <= Queries)
                {
                    found.Add(await prober.SearchAsync(scene, prober.Newcomer()));
                }

                return found.Order().ElementAt(found.Count / 2);
            default:
                // Robbins and Monro, 1951: comes to the score at which half of all are challenged.
                var estimate = (ThresholdProber.LeastScore + ThresholdProber.MostScore) / 2.0;
                for (var asked = 1; asked <= Queries; asked++)
                {
                    var isChallenged = await prober.IsChallengedAsync(scene, prober.Newcomer(), (int)Math.Round(estimate));
                    estimate += (isChallenged ? -1 : 1) * 50.0 / (asked + 4);
                    estimate = Math.Clamp(estimate, ThresholdProber.LeastScore, ThresholdProber.MostScore);
                }

                return (int)Math.Round(estimate);
        }
    }
}
