using System.Globalization;
using KekeStar.Antifraud.Tests.Scenarios.Crowds;
using KekeStar.Antifraud.Tests.Scenarios.People;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// Honest people who share what attackers share. Under the shipped policy at most 0.5 % of their events are challenged
/// and 0.05 % rejected. docs/scenarios.md tells who they are.
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
        [LaunchDay.Name] = LaunchDay.Plan,
        [Families.Name] = Families.Plan,
        [Office.Name] = Office.Plan,
        [Refusers.Name] = Refusers.Plan,
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
            Crowds[crowd](new Habits(world));
            await world.RunAsync();

            var answers = world.Ledger.Of(crowd);
            double challenged = answers.Count(answer => answer.Verdict == Verdict.Challenge);
            double rejected = answers.Count(answer => answer.Verdict == Verdict.Reject);
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
