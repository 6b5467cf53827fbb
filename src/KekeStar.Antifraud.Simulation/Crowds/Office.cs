using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>
/// Managed phones of one company: one model, one system, the software that the device management puts on all of them and
/// next to nothing else, one access point, one address, office hours. On the second morning the newly hired register
/// within a training hour.
/// </summary>
internal static class Office
{
    internal const string Name = "office";
    private const int NewlyHired = 12;

    private static readonly string[] Managed =
    [
        "com.tencent.wework", "com.alibaba.android.rimet", "com.kingsoft.moffice_eng", "com.tencent.mm", "com.company.mdm.agent",
        "com.company.mdm.launcher", "com.company.crm", "com.company.expenses", "com.company.vpnportal", "com.autonavi.minimap",
        "com.tencent.wemeet.app", "com.company.directory", "com.company.canteen", "com.company.training", "com.company.store",
        "com.company.signing", "com.company.scanner",
    ];

    /// <summary>Five days of an office.</summary>
    internal static void Plan(Habits habits, int staff) => Plan(habits, Name, PhoneModels.Popular, staff, days: 5);

    /// <summary>An office with phones of a model.</summary>
    internal static void Plan(Habits habits, string group, PhoneModel model, int staff, int days)
    {
        var world = habits.World;
        var office = new AccessNetwork(world.Addresses.AccessPoint(), AddressBook.In(world.Addresses.Block(), 1));
        List<string> software = [.. SoftwareShelf.System(model), .. Managed];
        for (var number = 0; number < staff; number++)
        {
            List<string> own = [.. software];
            if (world.Random.Next(4) == 0)
            {
                own.Add(world.Handsets.Shelf.FromTail(world.Random));
            }

            var phone = world.Handsets.Make(model, own, "8.1.4", model.Builds[^1]);
            var person = world.Resident(home: office, handset: phone, granted: Consents.All);
            var training = world.Day(1).AddHours(10).AddMinutes(world.Random.Next(60));
            if (number < NewlyHired)
            {
                habits.PlanRegistration(training, group, person, office);
            }

            habits.PlanDays(number < NewlyHired ? 2 : 0, number < NewlyHired ? days - 2 : days, group, person, 0.9, DayRhythm.Office, office);
        }
    }
}
