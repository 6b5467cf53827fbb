using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>People who let the app read nothing but what it cannot do without.</summary>
internal static class Refusers
{
    internal const string Name = "refusers";
    private const int Days = 4;

    /// <summary>Plans so many of them.</summary>
    internal static void Plan(Habits habits, int people)
    {
        var world = habits.World;
        for (var number = 0; number < people; number++)
        {
            var person = world.Resident(granted: Consents.Nothing);
            if (world.Random.Next(5) == 0)
            {
                habits.PlanRegistration(DayRhythm.Everybody.On(world.Day(0), world.Random), Name, person);
                habits.PlanDays(1, Days - 1, Name, person, 0.6);
            }
            else
            {
                habits.PlanDays(0, Days, Name, person, 0.6);
            }
        }
    }
}
