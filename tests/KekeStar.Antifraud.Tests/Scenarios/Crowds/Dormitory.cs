using KekeStar.Antifraud.Tests.Scenarios.People;

namespace KekeStar.Antifraud.Tests.Scenarios.Crowds;

/// <summary>
/// 500 students behind one access point and two addresses of one /24, a third of them with one popular model. On the first evening
/// of term a quarter of them registers; the others have accounts. Then four days of ordinary use.
/// </summary>
internal static class Dormitory
{
    internal const string Name = "dormitory";
    private const int Students = 500;
    private const int NewStudents = 125;

    internal static void Plan(Habits habits)
    {
        var world = habits.World;
        var block = world.Addresses.Block();
        var house = new AccessNetwork(world.Addresses.AccessPoint(), AddressBook.In(block, 2));
        for (var number = 0; number < Students; number++)
        {
            var student = world.Resident(world.Random.Next(3) == 0 ? PhoneModels.Popular : null, house);
            if (number < NewStudents)
            {
                habits.PlanRegistration(DayRhythm.Evening.On(ScenarioWorld.Day(0), world.Random), Name, student, house);
            }
            else
            {
                habits.PlanDays(0, 1, Name, student, 0.8, DayRhythm.Evening, house);
            }

            habits.PlanDays(1, 4, Name, student, 0.6);
        }
    }
}
