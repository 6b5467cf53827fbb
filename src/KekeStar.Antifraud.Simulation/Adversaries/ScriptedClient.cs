using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.Motion;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>
/// A program that speaks the app's protocol without any phone: devices made up for each account, some in contradiction to
/// themselves, recordings of real hands played again with a little noise, accounts at even intervals.
/// </summary>
internal static class ScriptedClient
{
    private const string Recordings = "recordings";
    private const string Contradicts = "contradicts_itself";
    private const string Blocks = "networks";
    private const string Hosting = "hosting";
    private const double Noise = 0.01;

    internal static TrafficSource Source { get; } = new(
        "scripted_client",
        Plan,
        [.. BotLife.Figures, new(Recordings, 1, 10_000), FigureSpec.Share(Contradicts), new(Blocks, 1, 1_000), FigureSpec.Share(Hosting)],
        TrafficSource.RegistersBots);

    private static void Plan(Stage stage)
    {
        var life = new BotLife(stage);
        while (!stage.IsFull)
        {
            var world = stage.World;
            var (begins, accounts) = (life.NextBeginning(), life.NextAccounts());
            var recordings = PersonTraces.MakeLively(stage.Random.Next(), stage.Figures.Whole(Recordings)).ToList();
            var contradicts = stage.Chance(stage.Figures[Contradicts]);
            var pool = new ProxyPool(stage, stage.Around(stage.Figures[Blocks]), stage.Figures[Hosting], accessPoint: null);
            var pace = TimeSpan.FromHours(stage.Figures[BotLife.Hours] / accounts);
            var at = world.Start.AddDays(begins);
            for (; accounts > 0; accounts--)
            {
                var phone = MadeUp(world, contradicts) with { KeepsToken = false };
                at += pace * (0.97 + (0.06 * stage.Random.NextDouble()));
                life.Plan(at, world.Resident(home: pool.Next(), handset: phone, granted: Consents.All), pool.Next, Motion);
            }

            MotionReading? Motion() => stage.Played(() => recordings[stage.Random.Next(recordings.Count)].Replay(stage.Random, kept: 1, Noise));
        }
    }

    private static Handset MadeUp(World world, bool contradicts)
    {
        var model = SoftwareImage.AnyModel(world.Random);
        if (!contradicts)
        {
            return world.Handsets.Make(model, []);
        }

        var other = PhoneModels.All.First(candidate => candidate.TellsHardware && candidate.Maker != model.Maker);
        var forged = world.Handsets.Make(other, []);
        (forged.Signals.Brand, forged.Signals.Model, forged.Signals.OsBuild) = (model.Brand, model.Model, model.Builds[0].Build);
        (forged.Signals.OsVersion, forged.Signals.AndroidId) = (model.Builds[0].Version, world.Handsets.Hex(16));
        return forged;
    }
}
