using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>
/// Real phones in a rack whose identifiers a tool changes before each account. What stays: the hardware's identifiers on old
/// systems, one image of software, the rack's access point, phones that never move.
/// </summary>
internal static class PhoneFarm
{
    private const string Phones = "phones";
    private const string ShowsTool = "shows_tool";
    private const string OldPhones = "old_phones";
    private const string Blocks = "networks";

    private static readonly string[] Tools = ["com.cyjh.mobileanjian", "com.applisto.appcloner", "com.sigma_rt.totalcontrol"];

    internal static TrafficSource Source { get; } = new(
        "phone_farm",
        Plan,
        [.. BotLife.Figures, new(Phones, 1, 10_000), FigureSpec.Share(ShowsTool), FigureSpec.Share(OldPhones), new(Blocks, 1, 100)],
        TrafficSource.RegistersBots);

    private static void Plan(Stage stage)
    {
        var life = new BotLife(stage);
        PhoneModel[] old = [.. PhoneModels.All.Where(static model => model.TellsHardware)];
        var world = stage.World;
        life.Campaigns(() =>
        {
            var model = stage.Chance(stage.Figures[OldPhones]) ? old[stage.Random.Next(old.Length)] : SoftwareImage.AnyModel(stage.Random);
            string[] tools = stage.Chance(stage.Figures[ShowsTool]) ? [Tools[stage.Random.Next(Tools.Length)]] : [];
            var image = SoftwareImage.Made(world, model, apps: 24, tools);
            var rack = Enumerable.Range(0, stage.Fit(stage.Figures[Phones], life.EventsOfAccount)).Select(_ => image.Phone(world, less: 3, more: 3)).ToList();
            var pool = new ProxyPool(stage, stage.Around(stage.Figures[Blocks]), hosting: 0, world.Addresses.AccessPoint());
            var account = 0;
            return new BotCampaign(
                () =>
                {
                    var before = rack[account++ % rack.Count];
                    var phone = world.Handsets.Reset(before, before.Signals.Software) with { KeepsToken = false };
                    return (world.Resident(home: pool.Next(), handset: phone, granted: Consents.All), pool.Next);
                },
                stage.Still);
        });
    }
}
