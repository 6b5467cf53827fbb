using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>People at home, each with an own phone, behind one access point and one address.</summary>
internal static class Household
{
    private const string Members = "members";
    private const int MostVictims = 4_000;

    internal static TrafficSource Source { get; } = new("household", Plan, [.. Lives.Figures, new(Members, 1, 8)]);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var home = stage.World.Addresses.Home();
            for (var member = stage.Around(stage.Figures[Members]); member > 0 && !stage.IsFull; member--)
            {
                var person = stage.World.Resident(home: home);
                if (Lives.Plan(stage, person) && stage.Victims.Count < MostVictims)
                {
                    stage.Victims.Add(person);
                }
            }
        }
    }
}
