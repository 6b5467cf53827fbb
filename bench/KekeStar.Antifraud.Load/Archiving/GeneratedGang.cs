using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>Devices that belong together and become more over time.</summary>
/// <param name="Number">Number of the gang.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Begins">When, as a share of the range of time.</param>
/// <param name="Devices">Its devices at the end; fewer than the archive takes for a shared network.</param>
/// <param name="TrafficShare">Its share of all events at the end.</param>
internal sealed record GeneratedGang(int Number, GangKind Kind, double Begins, int Devices, double TrafficShare)
{
    private const int AccountsOfDevice = 6;
    private const int AddressesOfPrefix = 16;
    private const int DevicesAtFirst = 6;

    // Their numbers lie apart from those of people.
    private const long Apart = 1L << 50;

    /// <summary>Gets those that are generated: the first few days bring one after the other.</summary>
    public static IReadOnlyList<GeneratedGang> All { get; } =
    [
        new(1, GangKind.PhoneFarm, 0.10, 140, 0.006),
        new(2, GangKind.EmulatorFarm, 0.35, 60, 0.003),
        new(3, GangKind.CredentialStuffing, 0.55, 12, 0.004),
        new(4, GangKind.MessageRing, 0.25, 90, 0.005),
        new(5, GangKind.PhoneFarm, 0.70, 45, 0.002),
        new(6, GangKind.MessageRing, 0.85, 24, 0.001),
    ];

    /// <summary>How far it has grown at a time, 0 to 1.</summary>
    /// <param name="time">The time, as a share of the range.</param>
    public double GrownAt(double time) => Math.Clamp((time - Begins) / (1 - Begins), 0, 1);

    /// <summary>Its share of all events at a time.</summary>
    /// <param name="time">The time, as a share of the range.</param>
    public double ShareAt(double time) => time < Begins ? 0 : TrafficShare * (0.15 + (0.85 * GrownAt(time)));

    /// <summary>Makes an event of one of its devices.</summary>
    /// <param name="numbers">Random choices.</param>
    /// <param name="time">The time, as a share of the range.</param>
    /// <param name="people">Whose accounts are attacked.</param>
    /// <param name="made">Receives the event.</param>
    public void Next(GeneratedNumbers numbers, double time, GeneratedPeople people, GeneratedEvent made)
    {
        int device = numbers.Below(Math.Min(Devices, DevicesAtFirst + (int)((Devices - DevicesAtFirst) * GrownAt(time))));
        long first = Apart + ((long)Number << 32);
        made.Gang = this;
        made.HasConsent = true;
        made.IsShared = false;
        made.Device = first + device;
        made.Account = Kind == GangKind.CredentialStuffing
            ? numbers.Below(people.Accounts)
            : first + (device * AccountsOfDevice) + numbers.Below(AccountsOfDevice);
        made.Ip = first + (device % AddressesOfPrefix);
        made.IpPrefix = first;
        made.Bssid = Kind is GangKind.PhoneFarm or GangKind.MessageRing ? first + (device / 64) : -1;
        made.Cohort = Kind is GangKind.PhoneFarm or GangKind.EmulatorFarm ? first : device;
        made.Scene = SceneOf(numbers.Share());
    }

    private Scene SceneOf(double share) => Kind switch
    {
        GangKind.CredentialStuffing => share < 0.9 ? Scene.Login : Scene.ChangeCredential,
        GangKind.MessageRing => share < 0.6 ? Scene.SendMessage : share < 0.9 ? Scene.JoinRoom : Scene.Login,
        _ => share < 0.55 ? Scene.Register : share < 0.7 ? Scene.Login : Scene.SendMessage,
    };
}
