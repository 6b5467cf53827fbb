using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>
/// 5,000 subscribers of a carrier behind one public address (RFC 6888 names no upper bound; carriers of China share an address
/// among hundreds to thousands), two days; one in a hundred registers on a day.
/// </summary>
internal static class Cgnat
{
    internal const string Name = "carrier NAT";
    private const double Registers = 0.01;

    /// <summary>Two days of 5,000 subscribers.</summary>
    internal static void Plan(Habits habits) => Plan(habits, Name, subscribers: 5_000, days: 2);

    /// <summary>Plans a region of a carrier.</summary>
    internal static void Plan(Habits habits, string group, int subscribers, int days)
    {
        var world = habits.World;
        var region = new AccessNetwork(null, AddressBook.In(world.Addresses.Block(), 1));
        for (var number = 0; number < subscribers; number++)
        {
            var subscriber = world.Resident(home: region) with { Road = region };
            var isNew = world.Random.NextDouble() < Registers * days;
            if (isNew)
            {
                habits.PlanRegistration(DayRhythm.Everybody.On(world.Day(world.Random.Next(days)), world.Random), group, subscriber, region);
            }
            else
            {
                habits.PlanDays(0, days, group, subscriber, 0.6, network: region);
            }
        }
    }
}
