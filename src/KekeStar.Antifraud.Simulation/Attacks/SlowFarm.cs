using System.Globalization;
using KekeStar.Antifraud.Simulation.Crowds;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Attacks;

/// <summary>
/// A farm that is careful: one registration in half an hour from each of a few /24s, each from another address, each with
/// fresh identifiers that agree with each other and with the model, the motion of a phone in a rack, every permission
/// granted. What it cannot hide at that price: all its phones are set up from one image, but for a few apps, and it never
/// sleeps. A third of the accounts is looked after: it logs in again within three days.
/// </summary>
/// <param name="Networks">Number of /24s.</param>
/// <param name="Days">How long it runs.</param>
/// <param name="Granted">What its phones let the app read.</param>
internal sealed record SlowFarm(int Networks, int Days, IReadOnlyList<ConsentCategory> Granted)
{
    internal const string Name = "slow farm";
    private const double HalfHour = 30;
    private const double Jitter = 8;
    private const double Solves = 0.8;
    private const double LooksAfter = 0.33;
    private const int HouseholdsBeside = 40;
    private const int FarmedApps = 24;

    /// <summary>
    /// The apps of the image besides the maker's own: what makes a phone look used, and the apps that accounts are farmed for.
    /// </summary>
    private static readonly string[] Image =
    [
        "com.tencent.mm", "com.eg.android.AlipayGphone", "com.taobao.taobao", "com.ss.android.ugc.aweme", "com.tencent.mobileqq",
        "com.autonavi.minimap", "com.smile.gifmaker", "com.netease.cloudmusic", "com.xunmeng.pinduoduo", "com.UCMobile",
        .. Enumerable.Range(0, FarmedApps).Select(number => string.Create(CultureInfo.InvariantCulture, $"cn.shop.app{(number * 37) + 11}")),
    ];

    private static readonly SoftwareImage Phones = new(PhoneModels.Popular, [.. SoftwareShelf.System(PhoneModels.Popular), .. Image]);

    /// <summary>Plans the farm, and the honest households of its networks.</summary>
    internal void Plan(Habits habits)
    {
        var world = habits.World;
        for (var network = 0; network < Networks; network++)
        {
            var block = world.Addresses.Block();
            for (var household = 0; household < HouseholdsBeside; household++)
            {
                habits.PlanDays(0, Days, Town.Name, world.Resident(home: world.Addresses.HomeIn(block)), 0.5);
            }

            var offset = world.Random.NextDouble() * HalfHour;
            for (var minute = offset; minute < Days * 24 * 60; minute += HalfHour)
            {
                PlanRegistration(world, block, world.Start.AddMinutes(minute + ((world.Random.NextDouble() - 0.5) * 2 * Jitter)));
            }
        }
    }

    private void PlanRegistration(World world, string block, DateTimeOffset at)
    {
        var place = world.Addresses.HomeIn(block);
        var worker = world.Resident(home: place, handset: Phones.Phone(world, less: 3, more: 4), granted: Granted);
        world.At(at, async () =>
        {
            var (asked, reply) = await world.AskAsync(Name, Scene.Register, worker, place, MotionTraces.Still(world.Random));
            if (reply.Verdict == Verdict.Reject || (reply.Verdict == Verdict.Challenge && world.Random.NextDouble() >= Solves))
            {
                return;
            }

            await world.ReportAsync(asked, Outcome.RegistrationCompleted, worker.Account);
            if (world.Random.NextDouble() < LooksAfter)
            {
                world.At(
                    world.Now.AddHours(12 + (60 * world.Random.NextDouble())),
                    () => world.AskAsync(Name, Scene.Login, worker, world.Addresses.HomeIn(block), MotionTraces.Still(world.Random)));
            }
        });
    }
}
