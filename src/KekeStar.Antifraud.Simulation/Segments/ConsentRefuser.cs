using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>People who let the app read nothing but what it cannot do without, or refuse some of the categories.</summary>
internal static class ConsentRefuser
{
    private const string RefusesAll = "refuses_all";

    internal static TrafficSource Source { get; } = new("refuser", Plan, [.. Lives.Figures, FigureSpec.Share(RefusesAll)]);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            IReadOnlyList<ConsentCategory> granted =
                stage.Chance(stage.Figures[RefusesAll]) ? Consents.Nothing : [.. Consents.All.Where(_ => stage.Random.Next(2) == 0)];
            Lives.Plan(stage, stage.World.Resident(granted: granted));
        }
    }
}
