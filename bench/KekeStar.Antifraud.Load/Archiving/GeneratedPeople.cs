using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>
/// Honest users: an account is active by Zipf's law, has its device, its home with an access point that two accounts share on
/// average, and is on the road behind a carrier's address (CGNAT), with thousands of others, nearly as often.
/// </summary>
/// <param name="accounts">How many there are.</param>
internal sealed class GeneratedPeople(int accounts)
{
    private const double Unevenness = 0.45;
    private const double OnTheRoad = 0.42;
    private const double Granting = 0.88;
    private const double OnSecondDevice = 0.04;
    private const int Cohorts = 1_500;
    private const int CarrierAddresses = 512;
    private const int AddressesOfPrefix = 64;

    // Numbers of registrations lie behind those of all accounts, so that nobody registers twice.
    private const long FirstNewcomer = 1L << 40;

    private static readonly (Scene Scene, double Share)[] Scenes =
    [
        (Scene.SendMessage, 0.40), (Scene.Login, 0.31), (Scene.JoinRoom, 0.15), (Scene.Register, 0.05), (Scene.SendGift, 0.045),
        (Scene.NewDeviceLogin, 0.03), (Scene.Withdraw, 0.008), (Scene.ChangeCredential, 0.007),
    ];

    private readonly ZipfSampler _activity = new(accounts, Unevenness);
    private readonly ZipfSampler _cohorts = new(Cohorts, 0.9);

    /// <summary>Gets how many accounts there are.</summary>
    public int Accounts => accounts;

    /// <summary>Makes an event of one of them.</summary>
    public void Next(GeneratedNumbers numbers, GeneratedEvent made)
    {
        long account = _activity.Draw(numbers.Next());
        made.Gang = null;
        made.Scene = SceneOf(numbers.Share());
        if (made.Scene == Scene.Register)
        {
            account = FirstNewcomer + (long)(numbers.Next() >> 24);
        }

        // What belongs to somebody follows from the number, so that it is the same every time.
        ulong person = SplitMix64.Mix((ulong)account);
        long home = account < FirstNewcomer ? account / 2 : (long)(person % (ulong)accounts) / 2;
        made.Account = made.Scene == Scene.Register ? -1 : account;
        made.HasConsent = (person & 0xff) < Granting * 256;
        made.Device = made.HasConsent ? (2 * account) + (numbers.In(OnSecondDevice) ? 1 : 0) : -1;
        made.Cohort = _cohorts.Draw(person);
        made.IsShared = numbers.In(OnTheRoad);
        if (made.IsShared)
        {
            made.Ip = SplitMix64.Below(person, CarrierAddresses);
            made.IpPrefix = made.Ip / AddressesOfPrefix;
            made.Bssid = -1;
        }
        else
        {
            made.Ip = CarrierAddresses + home;
            made.IpPrefix = CarrierAddresses + (home / AddressesOfPrefix);
            made.Bssid = made.HasConsent ? home : -1;
        }
    }

    private static Scene SceneOf(double share)
    {
        foreach ((Scene scene, double own) in Scenes)
        {
            share -= own;
            if (share < 0)
            {
                return scene;
            }
        }

        return Scene.Login;
    }
}
