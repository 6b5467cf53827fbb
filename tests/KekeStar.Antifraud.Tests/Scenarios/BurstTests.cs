using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>Registrations in bulk and in haste are stopped after the first dozen, which could be a classroom, wherever the thresholds are moved.</summary>
public sealed class BurstTests(ITestOutputHelper output)
{
    private const int WarmUp = 12;
    private const double LeastStopped = 0.9;

    [Fact]
    public Task Sixty_registrations_from_six_phones_behind_one_address_are_stopped() => StopsAsync(Burst.Name, Burst.Plan, Burst.Accounts);

    [Fact]
    public Task Sixty_registrations_from_phones_made_up_each_time_are_stopped() =>
        StopsAsync(ForgedBurst.Name, ForgedBurst.Plan, ForgedBurst.Accounts);

    private async Task StopsAsync(string attack, Action<Habits> plan, int registrations)
    {
        foreach (var seed in ScenarioScale.Seeds)
        {
            await using var world = new ScenarioWorld(seed);
            plan(new Habits(world.World));
            await world.RunAsync();

            var answers = world.Ledger.Of(attack);
            output.WriteLine(world.Ledger.Table());
            Assert.Equal(registrations, answers.Count);
            var later = answers.Skip(WarmUp).ToList();
            Assert.InRange(later.Count(answer => answer.Mildest >= Verdict.Challenge), LeastStopped * later.Count, later.Count);
        }
    }
}
