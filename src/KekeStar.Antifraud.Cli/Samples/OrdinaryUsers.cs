using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>
/// 60 people at home, each with an own phone, access point and address, one in three also on the move; every sixth
/// registers first, every fifth refused all optional signals.
/// </summary>
internal static class OrdinaryUsers
{
    private const int Count = 60;
    private const int LongestDayMs = 17 * SampleTraffic.Hour;

    /// <summary>Tells their day.</summary>
    public static void Tell(SampleScript script, SampleRandom random)
    {
        for (var user = 0; user < Count; user++)
        {
            var refused = user % 5 == 4;
            var device = SampleDevices.Ordinary(random);
            if (refused)
            {
                device = SampleDevices.WithoutOptional(device);
            }
            else
            {
                device.Bssid = SampleIdentifiers.Mac(user);
            }

            Day(script, random, user, device, refused);
        }
    }

    private static void Day(SampleScript script, SampleRandom random, int user, DeviceSignals device, bool refused)
    {
        var group = refused ? SampleTraffic.Refused : SampleTraffic.Normal;
        var account = $"user-{user:000}";
        var home = user % 2 == 0 ? $"203.0.113.{user + 1}" : $"2001:db8:{0x100 + user:x}::{random.Between(1, 0xFFFF):x}";
        var sessions = random.Between(2, 3);
        for (var session = 0; session < sessions; session++)
        {
            var at = (long)(LongestDayMs / sessions * session) + random.Between(0, LongestDayMs / sessions - SampleTraffic.Hour);
            var isOut = session > 0 && user % 3 == 0;
            var ip = isOut ? $"203.0.113.{random.Between(200, 203)}" : home;
            var here = isOut ? OnTheMove(device) : device;
            if (session == 0 && user % 6 == 0)
            {
                var registered = script.Score(group, at, Scene.Register, account, ip, here, !refused);
                script.Report(group, at + 2_000, registered, account, Outcome.RegistrationCompleted);
                at += random.Between(20_000, 90_000);
            }

            var atLogin = here;
            if (!refused)
            {
                atLogin = here.Clone();
                atLogin.Accelerometer = SampleDevices.HeldInHand(random);
            }

            var login = script.Score(group, at, Scene.Login, account, ip, atLogin, !refused);
            script.Report(group, at + random.Between(800, 3_000), login, account, Outcome.LoginSucceeded);
            for (var message = random.Between(1, 3); message > 0; message--)
            {
                at += random.Between(15_000, 400_000);
                script.Score(group, at, random.OneOf(Scene.SendMessage, Scene.JoinRoom, Scene.SendGift), account, ip, here, !refused);
            }
        }
    }

    private static DeviceSignals OnTheMove(DeviceSignals device)
    {
        var moved = device.Clone();
        moved.Bssid = "";
        moved.AccessType = AccessType.Cellular;
        return moved;
    }
}
