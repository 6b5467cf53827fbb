using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>People who update the app within the days after a release: a cohort that is new all at once.</summary>
internal static class AppUpdate
{
    private const string DaysToUpdate = "days_to_update";
    private const string Released = "8.3.0";

    internal static TrafficSource Source { get; } = new("app_update", Plan, [.. Lives.Figures, new(DaysToUpdate, 0.1, 30)]);

    private static void Plan(Stage stage)
    {
        var release = stage.Days / 2.0;
        while (!stage.IsFull)
        {
            var person = stage.World.Resident();
            Lives.Plan(stage, person);
            var wait = -stage.Figures[DaysToUpdate] * Math.Log(1 - stage.Random.NextDouble());
            stage.World.At(stage.World.Start.AddDays(release + wait), () =>
            {
                person.Handset.Signals.AppVersion = Released;
                return Task.CompletedTask;
            });
        }
    }
}
