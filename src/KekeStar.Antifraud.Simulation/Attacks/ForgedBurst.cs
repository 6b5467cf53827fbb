using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Attacks;

/// <summary>
/// A program that registers 60 accounts from one address within a quarter of an hour and makes up a new phone each time: the
/// identifiers are fresh and well formed, but of another maker than the model, and no motion sensor is behind them.
/// </summary>
internal static class ForgedBurst
{
    internal const string Name = "forged burst";
    internal const int Accounts = 60;

    internal static void Plan(Habits habits)
    {
        var world = habits.World;
        var room = new AccessNetwork(world.Addresses.AccessPoint(), AddressBook.In(world.Addresses.Block(), 1));
        var old = PhoneModels.All.Where(model => model.TellsHardware).ToList();
        var claimed = PhoneModels.All.Where(model => !model.IsApple).ToList();
        var at = world.Day(0).AddHours(15);
        for (var number = 0; number < Accounts; number++)
        {
            at = at.AddSeconds(world.Random.Next(8, 22));
            var model = claimed[world.Random.Next(claimed.Count)];
            var other = old.First(candidate => candidate.Maker != model.Maker);
            var forged = world.Handsets.Make(other, world.Handsets.Shelf.Lived(model, world.Random));
            (forged.Signals.Brand, forged.Signals.Model, forged.Signals.OsBuild) = (model.Brand, model.Model, model.Builds[0].Build);
            (forged.Signals.OsVersion, forged.Signals.AndroidId) = (model.Builds[0].Version, world.Handsets.Hex(16));
            var worker = world.Resident(home: room, handset: forged, granted: Consents.All);
            world.At(at, () => world.AskAsync(Name, Scene.Register, worker, room, Nothing()));
        }
    }

    /// <summary>What an emulator's accelerometer says.</summary>
    private static MotionReading Nothing()
    {
        var series = new MotionSeries();
        for (uint sample = 0; sample < 64; sample++)
        {
            series.TimeUs.Add(sample * 20_000);
            series.X.Add(0);
            series.Y.Add(9.81f);
            series.Z.Add(0);
        }

        return new MotionReading(series);
    }
}
