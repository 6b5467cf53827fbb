using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>Managed phones of one company: one model, one software image, one address, office hours.</summary>
internal static class OfficeFloor
{
    private const string Staff = "staff";
    private const double EventsOfWorkerAndDay = 2.3;

    internal static TrafficSource Source { get; } = new("office", Plan, [new(Staff, 5, 5_000)]);

    private static void Plan(Stage stage)
    {
        PhoneModel[] models = [.. PhoneModels.All.Where(static model => model is { IsApple: false, TellsHardware: false })];
        while (!stage.IsFull)
        {
            var staff = stage.Fit(stage.Around(stage.Figures[Staff]), EventsOfWorkerAndDay * stage.Days);
            Office.Plan(stage.Habits, stage.Name, models[stage.Random.Next(models.Length)], staff, stage.Days);
        }
    }
}
