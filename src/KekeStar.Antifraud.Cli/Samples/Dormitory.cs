using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>200 students behind one access point and one address, each with an own phone; six of them register.</summary>
internal static class Dormitory
{
    private const int Count = 200;
    private const int Registrations = 6;
    private const string Address = "198.51.100.10";

    /// <summary>Tells their evening: most log in within five hours, a third of them within half an hour.</summary>
    public static void Tell(SampleScript script, SampleRandom random)
    {
        for (var student = 0; student < Count; student++)
        {
            var account = $"student-{student:000}";
            var device = SampleDevices.Ordinary(random);
            device.Bssid = SampleIdentifiers.Mac(200);
            var at = student % 3 == 0
                ? (14L * SampleTraffic.Hour) + random.Between(0, SampleTraffic.Hour / 2)
                : (12L * SampleTraffic.Hour) + random.Between(0, 5 * SampleTraffic.Hour);
            if (student % (Count / Registrations) == 1)
            {
                var registered = script.Score(SampleTraffic.Dormitory, at, Scene.Register, account, Address, device);
                script.Report(SampleTraffic.Dormitory, at + 2_000, registered, account, Outcome.RegistrationCompleted);
                at += random.Between(20_000, 90_000);
            }

            var login = script.Score(SampleTraffic.Dormitory, at, Scene.Login, account, Address, device);
            script.Report(SampleTraffic.Dormitory, at + random.Between(800, 3_000), login, account, Outcome.LoginSucceeded);
            if (random.OneIn(4))
            {
                script.Score(SampleTraffic.Dormitory, at + random.Between(15_000, 400_000), Scene.SendMessage, account, Address, device);
            }
        }
    }
}
