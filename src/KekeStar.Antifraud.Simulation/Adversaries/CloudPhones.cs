using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.Motion;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>Rented phones in a data centre: one image, addresses of the data centre or of a proxy before it, no sensors.</summary>
internal static class CloudPhones
{
    private const string ShowsCloud = "shows_cloud";
    private const string Hosting = "hosting";
    private const string Blocks = "networks";

    private static readonly string[] Traces = ["com.redfinger.app"];

    internal static TrafficSource Source { get; } = new(
        "cloud_phones",
        Plan,
        [.. BotLife.Figures, FigureSpec.Share(ShowsCloud), FigureSpec.Share(Hosting), new(Blocks, 1, 100)],
        TrafficSource.RegistersBots);

    private static void Plan(Stage stage)
    {
        var world = stage.World;
        new BotLife(stage).Campaigns(() =>
        {
            var image = SoftwareImage.Made(world, SoftwareImage.AnyModel(stage.Random), apps: 8, stage.Chance(stage.Figures[ShowsCloud]) ? Traces : []);
            var pool = new ProxyPool(stage, stage.Around(stage.Figures[Blocks]), stage.Figures[Hosting], accessPoint: null);
            return new BotCampaign(
                () =>
                {
                    var person = world.Resident(home: pool.Next(), handset: image.Phone(world, less: 1, more: 2), granted: Consents.All);
                    var place = pool.Next();
                    return (person, () => place);
                },
                () => stage.Played(() => ProgramTraces.Make("zero", stage.Random.Next(), 1).First()));
        });
    }
}
