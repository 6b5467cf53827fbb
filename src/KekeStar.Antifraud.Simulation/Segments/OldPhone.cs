using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>People with phones from before Android 10, which still tell hardware identifiers.</summary>
internal static class OldPhone
{
    internal static TrafficSource Source { get; } = new("old_phone", Plan, Lives.Figures);

    private static void Plan(Stage stage)
    {
        PhoneModel[] models = [.. PhoneModels.All.Where(static model => model.TellsHardware)];
        while (!stage.IsFull)
        {
            Lives.Plan(stage, stage.World.Resident(models[stage.Random.Next(models.Length)]));
        }
    }
}
