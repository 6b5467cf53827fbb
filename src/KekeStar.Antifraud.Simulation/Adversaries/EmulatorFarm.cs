using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.Motion;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>
/// Emulators on computers, a new instance for each account. Careless ones carry the emulator's software or name; all have
/// identifiers made up anew, one image of software and sensors that a program speaks for.
/// </summary>
internal static class EmulatorFarm
{
    private const string ShowsEmulator = "shows_emulator";
    private const string Hosting = "hosting";
    private const string Blocks = "networks";

    private static readonly string[] Motions = ["constant", "zero", "gaussian", "sine", "loop"];

    private static readonly string[] Traces = ["com.bluestacks.home", "com.bluestacks.appmart"];

    internal static TrafficSource Source { get; } = new(
        "emulator_farm",
        Plan,
        [.. BotLife.Figures, FigureSpec.Share(ShowsEmulator), FigureSpec.Share(Hosting), new(Blocks, 1, 100)],
        TrafficSource.RegistersBots);

    private static void Plan(Stage stage)
    {
        var world = stage.World;
        new BotLife(stage).Campaigns(() =>
        {
            var model = SoftwareImage.AnyModel(stage.Random);
            var isCareless = stage.Chance(stage.Figures[ShowsEmulator]);
            var image = SoftwareImage.Made(world, model, apps: 12, isCareless ? Traces : []);
            var pool = new ProxyPool(stage, stage.Around(stage.Figures[Blocks]), stage.Figures[Hosting], world.Addresses.AccessPoint());
            var kind = Motions[stage.Random.Next(Motions.Length)];
            return new BotCampaign(
                () =>
                {
                    var phone = image.Phone(world, less: 2, more: 2) with { KeepsToken = false };
                    return (world.Resident(home: pool.Next(), handset: phone, granted: Consents.All), pool.Next);
                },
                () => stage.Played(() => ProgramTraces.Make(kind, stage.Random.Next(), 1).First()));
        });
    }
}
