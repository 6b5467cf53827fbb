using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>
/// A phone that is on sale in China or was, with the systems that people run on it. Model codes and first versions are
/// those of the makers' specifications; builds have the makers' form and
/// made-up numbers. Shares follow the order of the makers on the Chinese market, the numbers are assumptions.
/// </summary>
/// <param name="Maker">Maker's name in the reference tables.</param>
/// <param name="Brand">Build.BRAND.</param>
/// <param name="Model">Build.MODEL, or hardware name of iOS.</param>
/// <param name="Share">How often it is met, relative to the others.</param>
/// <param name="Builds">Systems, the most common first: half of all run the first, half of the rest the second, and so on.</param>
internal sealed record PhoneModel(string Maker, string Brand, string Model, int Share, params SystemBuild[] Builds)
{
    /// <summary>True if the system gives apps no list of installed software, no IMEI and no ANDROID_ID.</summary>
    internal bool IsApple => Maker == "apple";

    /// <summary>Operating system family that the phone names.</summary>
    internal Platform Platform => IsApple ? Platform.Ios : Platform.Android;

    /// <summary>True if apps still read IMEI, serial number, MAC address and card numbers: before Android 10.</summary>
    internal bool TellsHardware => !IsApple && int.Parse(Builds[0].Version.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) < 10;
}
