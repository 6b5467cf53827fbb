using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>
/// One phone with four or five accounts: grandparents, parents and children who share it, most of the accounts older, one
/// or two of them registered on one evening. And a tablet that three of them use as well.
/// </summary>
internal static class Families
{
    internal const string Name = "families";

    /// <summary>Four days of so many families.</summary>
    internal static void Plan(Habits habits, int families) => Plan(habits, Name, families, days: 4);

    /// <summary>Plans families.</summary>
    internal static void Plan(Habits habits, string group, int families, int days)
    {
        var world = habits.World;
        for (var family = 0; family < families; family++)
        {
            var owner = world.Resident();
            var tablet = world.Handsets.Lived();
            var evening = DayRhythm.Evening.On(world.Day(world.Random.Next(days)), world.Random);
            var registers = world.Random.Next(3);
            for (var member = world.Random.Next(4, 6); member > 0; member--)
            {
                var person = owner with { Account = world.NewAccount() };
                if (member <= registers)
                {
                    habits.PlanRegistration(evening.AddMinutes(member * world.Random.Next(3, 20)), group, person);
                }

                habits.PlanDays(0, days, group, person, 0.8);
                if (member <= 3)
                {
                    habits.PlanDays(0, days, group, person with { Handset = tablet }, 0.3, network: owner.Home);
                }
            }
        }
    }
}
