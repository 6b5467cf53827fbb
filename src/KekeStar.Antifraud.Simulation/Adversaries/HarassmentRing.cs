using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>Accounts of one crew on a few phones that go from room to room and harass; some of it is reported and confirmed days later.</summary>
internal static class HarassmentRing
{
    private const string Accounts = "accounts";
    private const string Phones = "phones";
    private const string Messages = "messages_per_raid";
    private const string Raids = "raids_per_account";
    private const string Confirmed = "confirmed";
    private const double Solves = 0.95;

    internal static TrafficSource Source { get; } = new(
        "harassment_ring",
        Plan,
        [new(Accounts, 1, 10_000), new(Phones, 1, 10_000), new(Messages, 1, 1_000), new(Raids, 1, 1_000), FigureSpec.Share(Confirmed)],
        TrafficSource.RegistersBots);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var world = stage.World;
            var perAccount = 2 + (stage.Figures[Raids] * (1 + stage.Figures[Messages]));
            var accounts = stage.Fit(stage.Around(stage.Figures[Accounts]), perAccount);
            var home = world.Addresses.Home();
            var phones = Enumerable.Range(0, stage.Figures.Whole(Phones)).Select(_ => world.Handsets.Lived()).ToList();
            var begins = stage.Days * 0.8 * stage.Random.NextDouble();
            var raids = Enumerable.Range(0, stage.Around(stage.Figures[Raids])).Select(_ => stage.Anytime(begins, stage.Days - begins)).ToList();
            for (var account = 0; account < accounts; account++)
            {
                var member = world.Resident(handset: phones[account % phones.Count], home: home);
                stage.Registration(stage.Anytime(begins, 0.5), member, home, stage.Held, Solves);
                foreach (var raid in raids)
                {
                    Raid(stage, raid.AddSeconds(stage.Random.Next(0, 600)), member);
                }
            }
        }
    }

    private static void Raid(Stage stage, DateTimeOffset at, Person member)
    {
        stage.Event(at, Scene.Login, member, member.Home, stage.Held, then: (asked, _) =>
            stage.World.ReportAsync(asked, Outcome.LoginSucceeded));
        for (var message = stage.Around(stage.Figures[Messages]); message > 0; message--)
        {
            at = at.AddSeconds(stage.Random.Next(2, 15));
            var isConfirmed = stage.Chance(stage.Figures[Confirmed]);
            stage.Event(at, stage.Random.Next(3) == 0 ? Scene.JoinRoom : Scene.SendMessage, member, member.Home, static () => null, then: async (asked, _) =>
            {
                if (isConfirmed)
                {
                    await stage.World.ReportAsync(asked, Outcome.HarassmentConfirmed);
                }
            });
        }
    }
}
