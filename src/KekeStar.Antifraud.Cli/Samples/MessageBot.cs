using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>A program that logs in and sends a message every half second, on a phone whose sensor never moves.</summary>
internal static class MessageBot
{
    private const int Messages = 80;
    private const int IntervalMs = 500;
    private const string Account = "chatter-1";
    private const string Address = "2001:db8:b07::1";

    /// <summary>Tells its minute.</summary>
    public static void Tell(SampleScript script, SampleRandom random)
    {
        var device = SampleDevices.RecentAndroid(random);
        device.Bssid = SampleIdentifiers.Mac(202);
        device.Accelerometer = SampleDevices.Constant();
        device.Software.Add("org.autojs.autojs");
        device.Processes.Add("frida-server");
        var at = 17L * SampleTraffic.Hour + 1_200_000;
        var login = script.Score(SampleTraffic.Bot, at, Scene.Login, Account, Address, device);
        script.Report(SampleTraffic.Bot, at + 500, login, Account, Outcome.LoginSucceeded);
        for (var message = 1; message <= Messages; message++)
        {
            script.Score(SampleTraffic.Bot, at + 5_000 + ((long)message * IntervalMs), Scene.SendMessage, Account, Address, device);
        }
    }
}
