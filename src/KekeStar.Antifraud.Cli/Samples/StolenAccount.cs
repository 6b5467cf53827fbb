using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>
/// An owner's day on the own phone, then somebody else: eight wrong passwords from a new device in a new network,
/// the right one, and at once the attempt to change the password and to take the money.
/// </summary>
internal static class StolenAccount
{
    /// <summary>Wrong passwords before the right one.</summary>
    public const int FailedLogins = 8;

    /// <summary>Events of the thief after the last wrong password: login, new password, withdrawal.</summary>
    public const int EventsAfterFailures = 3;

    private const string Account = "owner-1";
    private const string Thief = "2001:db8:bad::1";
    private const int BetweenAttemptsMs = 20_000;

    /// <summary>Tells it.</summary>
    public static void Tell(SampleScript script, SampleRandom random)
    {
        TellOwner(script, random);
        TellThief(script, random);
    }

    private static void TellOwner(SampleScript script, SampleRandom random)
    {
        var device = SampleDevices.RecentAndroid(random);
        device.Bssid = SampleIdentifiers.Mac(203);
        foreach (var hour in (int[])[1, 6, 11])
        {
            var at = ((long)hour * SampleTraffic.Hour) + random.Between(0, SampleTraffic.Hour);
            var login = script.Score(SampleTraffic.Owner, at, Scene.Login, Account, "2001:db8:200::7", device);
            script.Report(SampleTraffic.Owner, at + 1_500, login, Account, Outcome.LoginSucceeded);
            script.Score(SampleTraffic.Owner, at + random.Between(30_000, 200_000), Scene.SendMessage, Account, "2001:db8:200::7", device);
        }
    }

    private static void TellThief(SampleScript script, SampleRandom random)
    {
        var device = SampleDevices.RecentAndroid(random);
        device.Bssid = SampleIdentifiers.Mac(204);
        var at = (17L * SampleTraffic.Hour) + (SampleTraffic.Hour / 2);
        for (var attempt = 0; attempt < FailedLogins; attempt++)
        {
            var failed = script.Score(SampleTraffic.Thief, at, Scene.Login, Account, Thief, device);
            script.Report(SampleTraffic.Thief, at + 1_000, failed, Account, Outcome.LoginFailed);
            at += BetweenAttemptsMs;
        }

        var login = script.Score(SampleTraffic.Thief, at, Scene.Login, Account, Thief, device);
        script.Report(SampleTraffic.Thief, at + 1_000, login, Account, Outcome.LoginSucceeded);
        script.Score(SampleTraffic.Thief, at + 30_000, Scene.ChangeCredential, Account, Thief, device);
        script.Score(SampleTraffic.Thief, at + 60_000, Scene.Withdraw, Account, Thief, device);
    }
}
