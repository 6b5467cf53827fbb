using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>
/// Everybody else while a farm works: residents with accounts, newcomers who register by day and come back, a quarter of
/// them with the farm's model; an office with that model, and a day of sale when hundreds of that model come out of
/// their boxes.
/// </summary>
internal static class Town
{
    internal const string Name = "town";
    internal const string Sale = "town: day of sale";
    internal const string Office = "town: office";
    private const int DayOfSale = 3;

    /// <summary>Plans so many days of a town.</summary>
    internal static void Plan(Habits habits, int days, TownSize size)
    {
        var world = habits.World;
        PhoneModel? Model() => world.Random.Next(6) == 0 ? PhoneModels.Popular : null;

        for (var number = 0; number < size.Residents; number++)
        {
            habits.PlanDays(0, days, Name, world.Resident(Model()), 0.4);
        }

        for (var number = 0; number < size.Newcomers; number++)
        {
            var newcomer = world.Resident(Model());
            var day = world.Random.Next(days);
            habits.PlanRegistration(DayRhythm.Everybody.On(world.Day(day), world.Random), Name, newcomer);
            habits.PlanDays(day + 1, days - day - 1, Name, newcomer, 0.3);
        }

        Crowds.Office.Plan(habits, Office, PhoneModels.Popular, staff: 80, days);
        LaunchDay.Plan(habits, Sale, PhoneModels.Popular, DayOfSale, buyers: size.Buyers);
    }
}
