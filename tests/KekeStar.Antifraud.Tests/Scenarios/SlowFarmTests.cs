using System.Globalization;
using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// A farm of one registration in 30 minutes for each /24, seven days long, among honest people with the same phones. Found is
/// a registration that is challenged or rejected; counted from the beginning of the third day on.
/// </summary>
public sealed class SlowFarmTests(ITestOutputHelper output)
{
    private const int Days = 7;
    private const int ThirdDay = 2;
    private const double LeastRecall = 0.80;
    private const double LeastPrecision = 0.94;
    private const double MostWronged = 0.005;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_slow_farm_is_found_from_the_third_day_on_and_hardly_anybody_with_it(int networks)
    {
        foreach (var seed in ScenarioScale.Seeds)
        {
            var ledger = await TellAsync(seed, new SlowFarm(networks, Days, Consents.All));
            var measure = FarmMeasure.Of(ledger, ScenarioWorld.Day(ThirdDay), ScenarioWorld.Day(Days));
            Assert.InRange(measure.Recall, LeastRecall, 1);
            Assert.InRange(measure.Precision, LeastPrecision, 1);
        }
    }

    /// <summary>What the farm loses and wins by not letting the app read the list: nothing is promised but that nobody else pays.</summary>
    [Fact]
    public async Task A_slow_farm_that_shows_no_software_gets_hardly_anybody_else_held_up()
    {
        IReadOnlyList<ConsentCategory> granted = [.. Consents.All.Where(category => category != ConsentCategory.Software)];
        var ledger = await TellAsync(ScenarioScale.Seeds[0], new SlowFarm(Networks: 2, Days, granted));
        var measure = FarmMeasure.Of(ledger, ScenarioWorld.Day(0), ScenarioWorld.Day(Days));
        Assert.InRange(measure.Wronged, 0, MostWronged * measure.Honest);
    }

    private async Task<Ledger> TellAsync(int seed, SlowFarm farm)
    {
        await using var world = new ScenarioWorld(seed);
        var habits = new Habits(world.World);
        Town.Plan(habits, Days, new TownSize(ScenarioScale.Of(1_500, 6_000), ScenarioScale.Of(1_500, 5_000), ScenarioScale.Of(400, 1_000)));
        farm.Plan(habits);
        await world.RunAsync();

        output.WriteLine(world.Ledger.Table());
        output.WriteLine("honest registrations found with it: " + Ledger.Rules(world.Ledger.All.Where(answer => answer is { Scene: Scene.Register, IsStopped: true } && answer.Group != SlowFarm.Name)));
        for (var day = 0; day < Days; day++)
        {
            Write(seed, $"day {day + 1}", FarmMeasure.Of(world.Ledger, ScenarioWorld.Day(day), ScenarioWorld.Day(day + 1)));
        }

        Write(seed, "days 3 to 7", FarmMeasure.Of(world.Ledger, ScenarioWorld.Day(ThirdDay), ScenarioWorld.Day(Days)));
        Write(seed, "days 3 to 7, REVIEW counted as well", FarmMeasure.Of(world.Ledger, ScenarioWorld.Day(ThirdDay), ScenarioWorld.Day(Days), Verdict.Review));
        return world.Ledger;
    }

    private void Write(int seed, string what, FarmMeasure measure) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {what}: {measure}"));
}
