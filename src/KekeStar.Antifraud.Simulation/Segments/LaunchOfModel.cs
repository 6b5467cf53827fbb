using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>The first day of sale of a model: many phones of one system with hardly any software, all new.</summary>
internal static class LaunchOfModel
{
    private const double EventsOfBuyer = 9;

    internal static TrafficSource Source { get; } = new("launch_day", Plan, []);

    private static void Plan(Stage stage)
    {
        var day = Math.Min(stage.Days - 1, (2 * stage.Days) / 3);
        while (!stage.IsFull)
        {
            LaunchDay.Plan(stage.Habits, stage.Name, PhoneModels.Launched, day, stage.Fit(1_000, EventsOfBuyer));
        }
    }
}
