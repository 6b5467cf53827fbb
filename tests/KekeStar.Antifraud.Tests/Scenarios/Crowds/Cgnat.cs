using KekeStar.Antifraud.Tests.Scenarios.People;

namespace KekeStar.Antifraud.Tests.Scenarios.Crowds;

/// <summary>
/// 5,000 subscribers of a carrier behind one public address (RFC 6888 names no upper bound; carriers of China share an address
/// among hundreds to thousands), two days; one in a hundred registers on a day.
/// </summary>
internal static class Cgnat
{
    internal const string Name = "carrier NAT";
    private const int Days = 2;
    private const int Subscribers = 5_000;
    private const double Registers = 0.01;

    internal static void Plan(Habits habits)
    {
        var world = habits.World;
        var region = new AccessNetwork(null, AddressBook.In(world.Addresses.Block(), 1));
        for (var number = 0; number < Subscribers; number++)
        {
            var subscriber = world.Resident(home: region) with { Road = region };
            var isNew = world.Random.NextDouble() < Registers * Days;
            if (isNew)
            {
                habits.PlanRegistration(DayRhythm.Everybody.On(ScenarioWorld.Day(world.Random.Next(Days)), world.Random), Name, subscriber, region);
            }
            else
            {
                habits.PlanDays(0, Days, Name, subscriber, 0.6, network: region);
            }
        }
    }
}
