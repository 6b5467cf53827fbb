using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>
/// The careful farm of the scenarios (<see cref="SlowFarm"/>): one registration now and then from each of its /24s, each from another
/// address, identifiers that agree with each other, around the clock; all phones from one image.
/// </summary>
internal static class SlowAndLow
{
    private const string Blocks = "networks";
    private const string Minutes = "minutes_between_registrations";
    private const string Shows = "shows_software";

    internal static TrafficSource Source { get; } = new(
        "slow_and_low",
        Plan,
        [.. BotLife.Figures, new(Blocks, 1, 100), new(Minutes, 1, 1_440), FigureSpec.Share(Shows)],
        TrafficSource.RegistersBots);

    private static void Plan(Stage stage)
    {
        var life = new BotLife(stage);
        while (!stage.IsFull)
        {
            var world = stage.World;
            var image = SoftwareImage.Made(world, SoftwareImage.AnyModel(stage.Random), apps: 30, []);
            IReadOnlyList<ConsentCategory> granted =
                stage.Chance(stage.Figures[Shows]) ? Consents.All : [.. Consents.All.Where(static category => category != ConsentCategory.Software)];
            var blocks = Enumerable.Range(0, stage.Around(stage.Figures[Blocks])).Select(_ => world.Addresses.Block()).ToList();
            var at = world.Start.AddDays(life.NextBeginning());
            for (var accounts = life.NextAccounts(); accounts > 0; accounts--)
            {
                var block = blocks[accounts % blocks.Count];
                var place = world.Addresses.HomeIn(block);
                at = at.AddMinutes(stage.Figures[Minutes] * (0.75 + (0.5 * stage.Random.NextDouble())) / blocks.Count);
                life.Plan(
                    at,
                    world.Resident(home: place, handset: image.Phone(world, less: 3, more: 4), granted: granted),
                    () => world.Addresses.HomeIn(block),
                    stage.Still);
            }
        }
    }
}
