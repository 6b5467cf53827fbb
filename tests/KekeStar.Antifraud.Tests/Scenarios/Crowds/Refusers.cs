using KekeStar.Antifraud.Tests.Scenarios.People;

namespace KekeStar.Antifraud.Tests.Scenarios.Crowds;

/// <summary>People who let the app read nothing but what it cannot do without.</summary>
internal static class Refusers
{
    internal const string Name = "refusers";
    private const int Days = 4;

    internal static void Plan(Habits habits)
    {
        var world = habits.World;
        for (var number = 0; number < ScenarioScale.Of(450, 1_500); number++)
        {
            var person = world.Resident(granted: Consents.Nothing);
            if (world.Random.Next(5) == 0)
            {
                habits.PlanRegistration(DayRhythm.Everybody.On(ScenarioWorld.Day(0), world.Random), Name, person);
                habits.PlanDays(1, Days - 1, Name, person, 0.6);
            }
            else
            {
                habits.PlanDays(0, Days, Name, person, 0.6);
            }
        }
    }
}
