using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>
/// Events without number that carry one identifier of somebody else's phone and are otherwise made up, so that the phone's owner is
/// taken for a farm and the windows fill.
/// </summary>
internal static class IdentifierFlood
{
    private const string Events = "events_per_campaign";
    private const string Hours = "campaign_hours";
    private const string Registers = "registers";
    private const string Blocks = "networks";
    private const string Hosting = "hosting";

    internal static TrafficSource Source { get; } = new(
        "identifier_flood",
        Plan,
        [new(Events, 1, 1_000_000), new(Hours, 0.01, 24 * 30), FigureSpec.Share(Registers), new(Blocks, 1, 1_000), FigureSpec.Share(Hosting)],
        TrafficSource.RegistersBots);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var world = stage.World;
            var hours = stage.Figures[Hours];
            var begins = Math.Max(0, stage.Days - (hours / 24)) * stage.Random.NextDouble();
            var victim = stage.Victims.Count > 0 ? stage.Victims[stage.Random.Next(stage.Victims.Count)] : world.Resident();
            var pool = new ProxyPool(stage, stage.Around(stage.Figures[Blocks]), stage.Figures[Hosting], accessPoint: null);
            for (var left = stage.Fit(stage.Around(stage.Figures[Events]), 1); left > 0; left--)
            {
                var phone = world.Handsets.Make(SoftwareImage.AnyModel(stage.Random), []) with { KeepsToken = false };
                Borrow(victim.Handset, phone);
                var place = pool.Next();
                var person = world.Resident(home: place, handset: phone, granted: Consents.All);
                stage.Event(stage.Anytime(begins, hours / 24), stage.Chance(stage.Figures[Registers]) ? Scene.Register : Scene.Login, person, place);
            }
        }
    }

    private static void Borrow(Handset owner, Handset flood)
    {
        if (owner.Signals.Imei.Length > 0)
        {
            flood.Signals.Imei = owner.Signals.Imei;
        }
        else if (owner.Signals.AndroidId.Length > 0)
        {
            flood.Signals.AndroidId = owner.Signals.AndroidId;
        }
        else
        {
            flood.Signals.Guid = owner.Signals.Guid;
        }
    }
}
