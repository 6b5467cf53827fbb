using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>People who go on a journey, within the country or abroad, and use the networks of the place.</summary>
internal static class Traveller
{
    private const string DaysAway = "days_away";
    private const string Abroad = "abroad";
    private const int AddressesOfCarrier = 48;

    internal static TrafficSource Source { get; } = new("traveller", Plan, [.. Lives.Figures, new(DaysAway, 1, 30), FigureSpec.Share(Abroad)]);

    private static void Plan(Stage stage)
    {
        var addresses = stage.World.Addresses;
        while (!stage.IsFull)
        {
            var person = stage.World.Resident();
            var perDay = stage.Figures[Lives.SessionsPerDay];
            var leaves = stage.Random.Next(stage.Days);
            var away = Math.Min(stage.Around(stage.Figures[DaysAway]), stage.Days - leaves);
            var block = stage.Chance(stage.Figures[Abroad]) ? addresses.BlockAbroad() : addresses.Block();
            var there = person with
            {
                Home = new AccessNetwork(addresses.AccessPoint(), AddressBook.In(block, 4)),
                Road = new AccessNetwork(null, AddressBook.In(stage.Chance(0.5) ? block : addresses.Block(), AddressesOfCarrier)),
            };
            stage.Habits.PlanDays(0, leaves, stage.Name, person, perDay);
            stage.Habits.PlanDays(leaves, away, stage.Name, there, perDay);
            stage.Habits.PlanDays(leaves + away, stage.Days - leaves - away, stage.Name, person, perDay);
        }
    }
}
