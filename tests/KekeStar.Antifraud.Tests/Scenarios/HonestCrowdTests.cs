using System.Globalization;
using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// Honest people who share what attackers share. Under the shipped policy at most 0.5 % of their events are challenged
/// and 0.05 % rejected, even where the thresholds of each are moved down as far as they go. docs/scenarios.md tells who they are.
/// </summary>
public sealed class HonestCrowdTests(ITestOutputHelper output)
{
    private const double MaxChallenged = 0.005;
    private const double MaxRejected = 0.0005;

    // Below it one event too many would be more than the share that is allowed.
    private const int LeastEvents = 2_000;

    private static readonly Dictionary<string, Action<Habits>> Crowds = new(StringComparer.Ordinal)
    {
        [Dormitory.Name] = Dormitory.Plan,
        [Cafe.Name] = Cafe.Plan,
        [Cgnat.Name] = Cgnat.Plan,
        [LaunchDay.Name] = habits => LaunchDay.Plan(habits, ScenarioScale.Of(600, 3_000)),
        [Families.Name] = habits => Families.Plan(habits, ScenarioScale.Of(90, 300)),
        [Office.Name] = habits => Office.Plan(habits, ScenarioScale.Of(200, 600)),
        [Refusers.Name] = habits => Refusers.Plan(habits, ScenarioScale.Of(450, 1_500)),
    };

    [Theory]
    [InlineData(Dormitory.Name)]
    [InlineData(Cafe.Name)]
    [InlineData(Cgnat.Name)]
    [InlineData(LaunchDay.Name)]
    [InlineData(Families.Name)]
    [InlineData(Office.Name)]
    [InlineData(Refusers.Name)]
    public async Task Hardly_anybody_of_an_honest_crowd_is_held_up(string crowd)
    {
        foreach (var seed in ScenarioScale.Seeds)
        {
            await using var world = new ScenarioWorld(seed);
            Crowds[crowd](new Habits(world.World));
            await world.RunAsync();

            var answers = world.Ledger.Of(crowd);
            double challenged = answers.Count(answer => answer.Harshest == Verdict.Challenge);
            double rejected = answers.Count(answer => answer.Harshest == Verdict.Reject);
            output.WriteLine(world.Ledger.Table());
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {seed}: {answers.Count} events, REVIEW {answers.Count(answer => answer.Verdict == Verdict.Review)}, CHALLENGE {challenged} ({challenged / answers.Count:0.000 %}), REJECT {rejected} ({rejected / answers.Count:0.000 %})"));
            Assert.InRange(answers.Count, LeastEvents, int.MaxValue);
            Assert.Contains(answers, answer => answer.Scene == Scene.Register);
            Assert.InRange(challenged / answers.Count, 0, MaxChallenged);
            Assert.InRange(rejected / answers.Count, 0, MaxRejected);
        }
    }
}
