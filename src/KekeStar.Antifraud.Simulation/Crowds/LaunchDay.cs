using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>
/// The first day of sale of a model: hundreds of phones with one system, one version of the app and hardly any software,
/// all new, from homes all over the country. A third belongs to people who register, the others log in with the account of
/// their old phone. Some days of use after it, with more software by and by.
/// </summary>
internal static class LaunchDay
{
    internal const string Name = "launch day";
    private const double Registers = 0.33;

    /// <summary>The launch of the newest model on the third day.</summary>
    internal static void Plan(Habits habits, int buyers) => Plan(habits, Name, PhoneModels.Launched, day: 2, buyers);

    /// <summary>A launch on a given day.</summary>
    internal static void Plan(Habits habits, string group, PhoneModel model, int day, int buyers)
    {
        var world = habits.World;
        for (var number = 0; number < buyers; number++)
        {
            var before = world.Resident();
            var after = before with { Handset = world.Handsets.Fresh(model) };
            var at = DayRhythm.Everybody.On(world.Day(day), world.Random);
            if (world.Random.NextDouble() < Registers)
            {
                habits.PlanRegistration(at, group, after);
            }
            else
            {
                habits.PlanDays(0, day, group, before, 0.8);
                habits.PlanSession(at, group, after);
            }

            habits.PlanDays(day + 1, 2, group, after, 0.7);
        }
    }
}
