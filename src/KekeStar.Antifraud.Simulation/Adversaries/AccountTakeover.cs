using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>
/// Somebody who has the password of one account after another, from a phishing page or a bought list: a new phone in another network,
/// the credential changed, what there is taken out.
/// </summary>
internal static class AccountTakeover
{
    private const string OfThief = "accounts_per_thief";
    private const string SameCity = "same_city";
    private const string Abroad = "abroad";
    private const string Hosting = "hosting";
    private const string Solves = "solves_challenge";
    private const string Changes = "changes_credential";
    private const string Withdraws = "withdraws";
    private const string Messages = "messages";
    private const string Confirmed = "confirmed";

    internal static TrafficSource Source { get; } = new(
        "account_takeover",
        Plan,
        [
            new(OfThief, 1, 1_000), FigureSpec.Share(SameCity), FigureSpec.Share(Abroad), FigureSpec.Share(Hosting), FigureSpec.Share(Solves),
            FigureSpec.Share(Changes), FigureSpec.Share(Withdraws), new(Messages, 0, 1_000), FigureSpec.Share(Confirmed),
        ],
        TrafficSource.StealsAccounts);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var phone = stage.World.Handsets.Lived();
            var begins = stage.Days * (0.1 + (0.9 * stage.Random.NextDouble()));
            for (var accounts = stage.Fit(stage.Around(stage.Figures[OfThief]), 4); accounts > 0; accounts--)
            {
                var victim = stage.Victims.Count > 0 ? stage.Victims[stage.Random.Next(stage.Victims.Count)] : stage.World.Resident();
                var thief = stage.World.Resident(handset: phone, home: Place(stage, victim)) with { Account = victim.Account };
                Take(stage, stage.Anytime(begins, 0.3), thief);
            }
        }
    }

    private static AccessNetwork Place(Stage stage, Person victim)
    {
        var addresses = stage.World.Addresses;
        var ticket = stage.Random.NextDouble();
        if ((ticket -= stage.Figures[SameCity]) < 0)
        {
            return victim.Road;
        }

        return (ticket -= stage.Figures[Abroad]) < 0 ? new AccessNetwork(addresses.AccessPoint(), AddressBook.In(addresses.BlockAbroad(), 1))
            : ticket - stage.Figures[Hosting] < 0 ? new AccessNetwork(null, AddressBook.In(addresses.BlockOfHosting(), 4))
            : addresses.Home();
    }

    private static void Take(Stage stage, DateTimeOffset at, Person thief)
    {
        Do(stage, at, stage.Chance(0.5) ? Scene.NewDeviceLogin : Scene.Login, thief, Outcome.LoginSucceeded);
        for (var message = stage.Around(stage.Figures[Messages]); message > 0; message--)
        {
            Do(stage, at = at.AddSeconds(stage.Random.Next(10, 120)), Scene.SendMessage, thief, Outcome.Unspecified);
        }

        if (stage.Chance(stage.Figures[Changes]))
        {
            Do(stage, at = at.AddSeconds(stage.Random.Next(20, 300)), Scene.ChangeCredential, thief, Outcome.Unspecified);
        }

        if (stage.Chance(stage.Figures[Withdraws]))
        {
            Do(stage, at.AddSeconds(stage.Random.Next(20, 600)), Scene.Withdraw, thief, Outcome.Unspecified);
        }
    }

    private static void Do(Stage stage, DateTimeOffset at, Scene scene, Person thief, Outcome outcome) =>
        stage.Event(at, scene, thief, thief.Home, () => scene == Scene.SendMessage ? null : stage.Held(), then: async (asked, answer) =>
        {
            await stage.World.ReportChallengeAsync(asked, answer, stage.Figures[Solves]);
            if (outcome != Outcome.Unspecified)
            {
                await stage.World.ReportAsync(asked, outcome);
            }

            if (stage.Chance(stage.Figures[Confirmed]))
            {
                await stage.World.ReportAsync(asked, Outcome.AccountTheftConfirmed);
            }
        });
}
