using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>One phone with four or five accounts, and a tablet that some of them use as well.</summary>
internal static class FamilyPhone
{
    private const double EventsOfAccountAndDay = 2.6;

    internal static TrafficSource Source { get; } = new("family_phone", Plan, []);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            Families.Plan(stage.Habits, stage.Name, stage.Fit(50, 4.5 * stage.Days * EventsOfAccountAndDay), stage.Days);
        }
    }
}
