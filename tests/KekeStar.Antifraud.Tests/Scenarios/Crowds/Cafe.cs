using KekeStar.Antifraud.Tests.Scenarios.People;

namespace KekeStar.Antifraud.Tests.Scenarios.Crowds;

/// <summary>One access point, one address, 300 customers a day for three days, most of whom never come back.</summary>
internal static class Cafe
{
    internal const string Name = "café";
    private const int Days = 3;
    private const int Customers = 300;
    private const double Registers = 0.05;

    internal static void Plan(Habits habits)
    {
        var world = habits.World;
        var cafe = new AccessNetwork(world.Addresses.AccessPoint(), AddressBook.In(world.Addresses.Block(), 1));
        var regulars = Enumerable.Range(0, 60).Select(_ => world.Resident()).ToList();
        for (var day = 0; day < Days; day++)
        {
            for (var number = 0; number < Customers; number++)
            {
                var isRegular = world.Random.Next(4) == 0;
                var customer = isRegular ? regulars[world.Random.Next(regulars.Count)] : world.Resident();
                var at = DayRhythm.Cafe.On(ScenarioWorld.Day(day), world.Random);
                if (!isRegular && world.Random.NextDouble() < Registers)
                {
                    habits.PlanRegistration(at, Name, customer, cafe);
                }
                else
                {
                    habits.PlanSession(at, Name, customer, cafe);
                }
            }
        }
    }
}
