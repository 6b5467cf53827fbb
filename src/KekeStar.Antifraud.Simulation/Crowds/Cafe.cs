using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>One access point, one address, 300 customers a day for three days, most of whom never come back.</summary>
internal static class Cafe
{
    internal const string Name = "café";
    private const double Registers = 0.05;

    /// <summary>Three days with 300 customers each.</summary>
    internal static void Plan(Habits habits) => Plan(habits, Name, customers: 300, days: 3);

    /// <summary>Plans a café.</summary>
    internal static void Plan(Habits habits, string group, int customers, int days)
    {
        var world = habits.World;
        var cafe = new AccessNetwork(world.Addresses.AccessPoint(), AddressBook.In(world.Addresses.Block(), 1));
        var regulars = Enumerable.Range(0, (customers + 4) / 5).Select(_ => world.Resident()).ToList();
        for (var day = 0; day < days; day++)
        {
            for (var number = 0; number < customers; number++)
            {
                var isRegular = world.Random.Next(4) == 0;
                var customer = isRegular ? regulars[world.Random.Next(regulars.Count)] : world.Resident();
                var at = DayRhythm.Cafe.On(world.Day(day), world.Random);
                if (!isRegular && world.Random.NextDouble() < Registers)
                {
                    habits.PlanRegistration(at, group, customer, cafe);
                }
                else
                {
                    habits.PlanSession(at, group, customer, cafe);
                }
            }
        }
    }
}
