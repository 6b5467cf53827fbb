using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>Students behind one access point and two addresses; the new ones register on one evening.</summary>
internal static class DormitoryHouse
{
    private const string Students = "students";
    private const string Newcomers = "newcomers";
    private const double EventsOfStudentAndDay = 1.6;

    internal static TrafficSource Source { get; } = new("dormitory", Plan, [new(Students, 10, 5_000), FigureSpec.Share(Newcomers)]);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var firstDay = stage.Random.Next(Math.Max(1, stage.Days / 2));
            var students = stage.Fit(stage.Around(stage.Figures[Students]), EventsOfStudentAndDay * (stage.Days - firstDay));
            Dormitory.Plan(stage.Habits, stage.Name, students, (int)Math.Ceiling(students * stage.Figures[Newcomers]), firstDay, stage.Days);
        }
    }
}
