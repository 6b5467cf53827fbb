using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>One access point and one address for customers most of whom never come back.</summary>
internal static class CafeRoom
{
    private const string Customers = "customers_per_day";
    private const double EventsOfCustomer = 2.6;

    internal static TrafficSource Source { get; } = new("cafe", Plan, [new(Customers, 5, 5_000)]);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            Cafe.Plan(stage.Habits, stage.Name, stage.Fit(stage.Around(stage.Figures[Customers]), EventsOfCustomer * stage.Days), stage.Days);
        }
    }
}
