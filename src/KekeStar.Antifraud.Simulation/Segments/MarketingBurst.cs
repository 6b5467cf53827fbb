using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>A campaign in a popular room: people from everywhere register within an hour or two.</summary>
internal static class MarketingBurst
{
    private const string Hours = "hours";
    private const string People = "people";
    private const int Evening = 20;
    private const double EventsOfPerson = 8;

    internal static TrafficSource Source { get; } = new("marketing_burst", Plan, [new(Hours, 0.1, 48), new(People, 10, 100_000), FigureSpec.Share(Lives.SessionsPerDay)]);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var day = stage.Random.Next(stage.Days);
            for (var left = stage.Fit(stage.Around(stage.Figures[People]), EventsOfPerson); left > 0; left--)
            {
                var person = stage.World.Resident();
                // Most come at once, the others by and by.
                var late = stage.Figures[Hours] * Math.Min(4, -Math.Log(1 - stage.Random.NextDouble()));
                stage.Habits.PlanRegistration(stage.World.Day(day).AddHours(Evening + late), stage.Name, person);
                stage.Habits.PlanDays(day + 1, stage.Days - day - 1, stage.Name, person, stage.Figures[Lives.SessionsPerDay]);
            }
        }
    }
}
