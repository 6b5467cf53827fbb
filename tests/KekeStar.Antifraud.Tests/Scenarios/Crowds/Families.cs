using KekeStar.Antifraud.Tests.Scenarios.People;

namespace KekeStar.Antifraud.Tests.Scenarios.Crowds;

/// <summary>
/// One phone with four or five accounts: grandparents, parents and children who share it, most of the accounts older, one
/// or two of them registered on one evening. And a tablet that three of them use as well.
/// </summary>
internal static class Families
{
    internal const string Name = "families";
    private const int Days = 4;

    internal static void Plan(Habits habits)
    {
        var world = habits.World;
        for (var family = 0; family < ScenarioScale.Of(90, 300); family++)
        {
            var owner = world.Resident();
            var tablet = world.Handsets.Lived();
            var evening = DayRhythm.Evening.On(ScenarioWorld.Day(world.Random.Next(Days)), world.Random);
            var registers = world.Random.Next(3);
            for (var member = world.Random.Next(4, 6); member > 0; member--)
            {
                var person = owner with { Account = world.NewAccount() };
                if (member <= registers)
                {
                    habits.PlanRegistration(evening.AddMinutes(member * world.Random.Next(3, 20)), Name, person);
                }

                habits.PlanDays(0, Days, Name, person, 0.8);
                if (member <= 3)
                {
                    habits.PlanDays(0, Days, Name, person with { Handset = tablet }, 0.3, network: owner.Home);
                }
            }
        }
    }
}
