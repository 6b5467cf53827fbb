using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Attacks;

/// <summary>A rack of six phones that registers 60 accounts from one address within a quarter of an hour.</summary>
internal static class Burst
{
    internal const string Name = "burst";
    internal const int Accounts = 60;
    private const int Phones = 6;

    internal static void Plan(Habits habits)
    {
        var world = habits.World;
        var room = new AccessNetwork(world.Addresses.AccessPoint(), AddressBook.In(world.Addresses.Block(), 1));
        var phones = Enumerable.Range(0, Phones).Select(_ => world.Handsets.Lived(PhoneModels.Popular)).ToList();
        var at = world.Day(0).AddHours(15);
        for (var number = 0; number < Accounts; number++)
        {
            at = at.AddSeconds(world.Random.Next(8, 22));
            var worker = world.Resident(home: room, handset: phones[number % Phones], granted: Consents.All);
            world.At(at, () => world.AskAsync(Name, Scene.Register, worker, room, MotionTraces.Still(world.Random)));
        }
    }
}
