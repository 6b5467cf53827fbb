using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>People who buy a new phone and log in on it with the account of the old one.</summary>
internal static class PhoneUpgrade
{
    internal static TrafficSource Source { get; } = new("phone_upgrade", Plan, Lives.Figures);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var before = stage.World.Resident();
            var after = before with { Handset = stage.World.Handsets.Fresh(PhoneModels.Any(stage.Random)) };
            var day = stage.Random.Next(stage.Days);
            var perDay = stage.Figures[Lives.SessionsPerDay];
            stage.Habits.PlanDays(0, day, stage.Name, before, perDay);
            stage.Habits.PlanSession(stage.Awake(day), stage.Name, after, login: Scene.NewDeviceLogin);
            stage.Habits.PlanDays(day + 1, stage.Days - day - 1, stage.Name, after, perDay);
        }
    }
}
