using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>
/// 500 students behind one access point and two addresses of one /24, a third of them with one popular model. On the first evening
/// of term a quarter of them registers; the others have accounts. Then four days of ordinary use.
/// </summary>
internal static class Dormitory
{
    internal const string Name = "dormitory";

    /// <summary>500 students, 125 of them new, and five days.</summary>
    internal static void Plan(Habits habits) => Plan(habits, Name, students: 500, newStudents: 125, firstDay: 0, days: 5);

    /// <summary>Plans a house.</summary>
    /// <param name="habits">What people do.</param>
    /// <param name="group">Name of the crowd.</param>
    /// <param name="students">How many live there.</param>
    /// <param name="newStudents">How many of them register.</param>
    /// <param name="firstDay">The first day of term.</param>
    /// <param name="days">Last day that is told, and one.</param>
    internal static void Plan(Habits habits, string group, int students, int newStudents, int firstDay, int days)
    {
        var world = habits.World;
        var block = world.Addresses.Block();
        var house = new AccessNetwork(world.Addresses.AccessPoint(), AddressBook.In(block, 2));
        for (var number = 0; number < students; number++)
        {
            var student = world.Resident(world.Random.Next(3) == 0 ? PhoneModels.Popular : null, house);
            if (number < newStudents)
            {
                habits.PlanRegistration(DayRhythm.Evening.On(world.Day(firstDay), world.Random), group, student, house);
            }
            else
            {
                habits.PlanDays(firstDay, 1, group, student, 0.8, DayRhythm.Evening, house);
            }

            habits.PlanDays(firstDay + 1, days - firstDay - 1, group, student, 0.6);
        }
    }
}
