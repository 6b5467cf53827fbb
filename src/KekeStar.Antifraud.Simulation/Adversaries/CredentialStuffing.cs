using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>A list of names and passwords of other services, tried one after the other through rented addresses.</summary>
internal static class CredentialStuffing
{
    private const string Attempts = "attempts_per_campaign";
    private const string Hours = "campaign_hours";
    private const string Succeeds = "succeeds";
    private const string Known = "known_accounts";
    private const string OfDevice = "attempts_per_device";
    private const string Blocks = "networks";
    private const string Hosting = "hosting";

    internal static TrafficSource Source { get; } = new(
        "credential_stuffing",
        Plan,
        [
            new(Attempts, 1, 1_000_000), new(Hours, 0.1, 24 * 30), FigureSpec.Share(Succeeds), FigureSpec.Share(Known), new(OfDevice, 1, 100_000),
            new(Blocks, 1, 1_000), FigureSpec.Share(Hosting),
        ],
        TrafficSource.StealsAccounts);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var world = stage.World;
            var hours = stage.Figures[Hours];
            var begins = Math.Max(0, stage.Days - (hours / 24)) * stage.Random.NextDouble();
            var pool = new ProxyPool(stage, stage.Around(stage.Figures[Blocks]), stage.Figures[Hosting], accessPoint: null);
            var phone = MadeUp(world);
            for (var attempt = stage.Fit(stage.Around(stage.Figures[Attempts]), 1); attempt > 0; attempt--)
            {
                if (stage.Chance(1 / stage.Figures[OfDevice]))
                {
                    phone = MadeUp(world);
                }

                var isKnown = stage.Victims.Count > 0 && stage.Chance(stage.Figures[Known]);
                var account = isKnown ? stage.Victims[stage.Random.Next(stage.Victims.Count)].Account : world.NewAccount();
                var thief = world.Resident(home: pool.Next(), handset: phone, granted: Consents.All) with { Account = account };
                Try(stage, stage.Anytime(begins, hours / 24), thief, pool.Next(), isKnown && stage.Chance(stage.Figures[Succeeds]));
            }
        }
    }

    private static void Try(Stage stage, DateTimeOffset at, Person thief, AccessNetwork network, bool succeeds)
    {
        stage.Event(at, Scene.Login, thief, network, static () => null, then: (asked, _) =>
            stage.World.ReportAsync(asked, succeeds ? Outcome.LoginSucceeded : Outcome.LoginFailed));
        if (succeeds)
        {
            stage.Event(at.AddSeconds(stage.Random.Next(10, 60)), Scene.ChangeCredential, thief, network);
        }
    }

    private static Handset MadeUp(World world) => world.Handsets.Make(SoftwareImage.AnyModel(world.Random), []) with { KeepsToken = false };
}
