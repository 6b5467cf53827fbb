using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>The app's own servers fail for an hour: thousands of people try to log in again and again.</summary>
internal static class Outage
{
    private const string Hours = "hours";
    private const string Attempts = "attempts";
    private const string Reported = "reported_as_failed";
    private const int Evening = 20;

    internal static TrafficSource Source { get; } = new(
        "outage", Plan, [.. Lives.Figures, new(Hours, 0.05, 24), new(Attempts, 1, 30), FigureSpec.Share(Reported)]);

    private static void Plan(Stage stage)
    {
        var begins = stage.World.Day(stage.Days / 3).AddHours(Evening);
        while (!stage.IsFull)
        {
            var person = stage.World.Resident();
            Lives.Plan(stage, person);
            var network = stage.Habits.WhereIs(person);
            var at = begins.AddHours(stage.Figures[Hours] * stage.Random.NextDouble());
            for (var attempt = stage.Around(stage.Figures[Attempts]); attempt > 0; attempt--)
            {
                var isReported = stage.Chance(stage.Figures[Reported]);
                stage.Event(at, Scene.Login, person, network, stage.Held, then: async (asked, _) =>
                {
                    if (isReported)
                    {
                        await stage.World.ReportAsync(asked, Outcome.LoginFailed);
                    }
                });
                at = at.AddSeconds(15 - (60 * Math.Log(1 - stage.Random.NextDouble())));
            }

            stage.Habits.PlanSession(begins.AddHours(stage.Figures[Hours] + (2 * stage.Random.NextDouble())), stage.Name, person);
        }
    }
}
