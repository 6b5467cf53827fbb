using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>What farmed accounts do: register, talk at a program's pace, come back.</summary>
/// <param name="stage">The adversary.</param>
internal sealed class BotLife(Stage stage)
{
    /// <summary>Accounts of one campaign.</summary>
    internal const string Accounts = "accounts_per_campaign";

    /// <summary>Hours within which a campaign registers them.</summary>
    internal const string Hours = "campaign_hours";

    /// <summary>Share of the challenges that it solves.</summary>
    internal const string Solves = "solves_challenge";

    /// <summary>Messages and rooms of each visit, in the mean.</summary>
    internal const string Messages = "messages_per_visit";

    /// <summary>Visits of each account after its registration, in the mean.</summary>
    internal const string Visits = "visits";

    /// <summary>Seconds between two messages.</summary>
    internal const string Pace = "seconds_between_messages";

    private const double LongestWaitHours = 72;

    /// <summary>The figures that this class reads.</summary>
    internal static IReadOnlyList<FigureSpec> Figures { get; } =
    [
        new(Accounts, 1, 100_000), new(Hours, 0.1, 24 * 30), FigureSpec.Share(Solves), new(Messages, 0, 1_000), new(Visits, 0, 100), new(Pace, 0.1, 86_400),
    ];

    /// <summary>Events that an account makes, about.</summary>
    internal double EventsOfAccount => 1 + stage.Figures[Messages] + (stage.Figures[Visits] * (1 + stage.Figures[Messages]));

    /// <summary>Accounts of the next campaign.</summary>
    internal int NextAccounts() => stage.Fit(stage.Around(stage.Figures[Accounts]), EventsOfAccount);

    /// <summary>Days from the start until the next campaign begins.</summary>
    internal double NextBeginning() => Math.Max(0, stage.Days - (stage.Figures[Hours] / 24)) * stage.Random.NextDouble();

    /// <summary>Plans campaigns until the stage is full, each of accounts that register within some hours.</summary>
    /// <param name="begin">Equips the next campaign.</param>
    internal void Campaigns(Func<BotCampaign> begin)
    {
        while (!stage.IsFull)
        {
            var (begins, accounts) = (NextBeginning(), NextAccounts());
            var campaign = begin();
            for (; accounts > 0; accounts--)
            {
                var (person, network) = campaign.Next();
                Plan(stage.Anytime(begins, stage.Figures[Hours] / 24), person, network, campaign.Motion);
            }
        }
    }

    /// <summary>Plans an account from its registration on.</summary>
    /// <param name="at">When it registers.</param>
    /// <param name="person">The account, its phone and what it grants.</param>
    /// <param name="network">Where an event comes from.</param>
    /// <param name="motion">What the sensors are made to say.</param>
    internal void Plan(DateTimeOffset at, Person person, Func<AccessNetwork> network, Func<MotionReading?> motion)
    {
        stage.Registration(at, person, network(), motion, stage.Figures[Solves]);
        Talk(at.AddSeconds(stage.Random.Next(20, 120)), person, network);
        for (var visit = Count(stage.Figures[Visits]); visit > 0; visit--)
        {
            Visit(at.AddHours(1 + (LongestWaitHours * stage.Random.NextDouble())), person, network, motion);
        }
    }

    /// <summary>Plans a login and the talk after it.</summary>
    internal void Visit(DateTimeOffset at, Person person, Func<AccessNetwork> network, Func<MotionReading?> motion)
    {
        stage.Event(at, Scene.Login, person, network(), motion, then: async (asked, answer) =>
        {
            await stage.World.ReportChallengeAsync(asked, answer, stage.Figures[Solves]);
            await stage.World.ReportAsync(asked, Outcome.LoginSucceeded);
        });
        Talk(at.AddSeconds(stage.Random.Next(5, 40)), person, network);
    }

    private void Talk(DateTimeOffset at, Person person, Func<AccessNetwork> network)
    {
        var here = network();
        for (var message = Count(stage.Figures[Messages]); message > 0; message--)
        {
            stage.Event(at, stage.Random.Next(4) == 0 ? Scene.JoinRoom : Scene.SendMessage, person, here);
            at = at.AddSeconds(stage.Figures[Pace] * (0.9 + (0.2 * stage.Random.NextDouble())));
        }
    }

    // Whole numbers with the mean that is asked for.
    private int Count(double mean)
    {
        var around = mean * (0.5 + stage.Random.NextDouble());
        return (int)around + (stage.Chance(around - Math.Floor(around)) ? 1 : 0);
    }
}
