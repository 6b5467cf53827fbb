using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>
/// 60 registrations in ten minutes, one every ten seconds, from four phones behind one access point. Before each the
/// phone is reset: AndroidID, OAID and the app's GUID are new, IMEI and serial number stay.
/// </summary>
internal static class RegistrationGang
{
    private const int Registrations = 60;
    private const int Phones = 4;
    private const int IntervalMs = 10_000;

    /// <summary>Tells the ten minutes.</summary>
    public static void Tell(SampleScript script, SampleRandom random)
    {
        var phones = Enumerable.Range(0, Phones).Select(_ => SampleDevices.OldAndroid(random)).ToArray();
        for (var number = 0; number < Registrations; number++)
        {
            var phone = phones[number % Phones].Clone();
            phone.Bssid = SampleIdentifiers.Mac(201);
            phone.AndroidId = SampleIdentifiers.HexDigits(random, 16);
            phone.Oaid = SampleIdentifiers.HexDigits(random, 64);
            phone.Guid = SampleIdentifiers.Uuid(random);
            script.Score(
                SampleTraffic.Gang,
                (17L * SampleTraffic.Hour) + ((long)number * IntervalMs),
                Scene.Register,
                $"new-{number:000}",
                $"192.0.2.{20 + (number % Phones)}",
                phone);
        }
    }
}
