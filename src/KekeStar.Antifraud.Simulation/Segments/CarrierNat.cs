using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>Subscribers of a carrier behind one public address.</summary>
internal static class CarrierNat
{
    private const string Subscribers = "subscribers_per_address";
    private const double EventsOfSubscriberAndDay = 1.5;

    internal static TrafficSource Source { get; } = new("cgnat", Plan, [new(Subscribers, 10, 20_000)]);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var subscribers = stage.Fit(stage.Around(stage.Figures[Subscribers]), EventsOfSubscriberAndDay * stage.Days);
            Cgnat.Plan(stage.Habits, stage.Name, subscribers, stage.Days);
        }
    }
}
