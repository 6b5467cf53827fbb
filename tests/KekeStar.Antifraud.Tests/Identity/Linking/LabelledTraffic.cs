using System.Globalization;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Identity.Linking;

/// <summary>
/// Six days of events of phones that are reset, sold, spoofed and cloned, the same for the same seed. No app sends a
/// device token but those of the group "token".
/// </summary>
internal sealed class LabelledTraffic
{
    /// <summary>The group whose events mix the identifiers of two other phones.</summary>
    public const string Poison = "poisoned identifiers";

    /// <summary>The groups in which nothing but the token, had it been kept, could tell the device.</summary>
    public const string Unlinkable = "all identifiers changed";

    private const int EventsPerPhone = 6;

    private static readonly TimeSpan Length = TimeSpan.FromDays(6);

    private readonly Random _random;
    private readonly int _phones;
    private readonly int _identicalPhones;
    private readonly List<LabelledEvent> _events = [];
    private readonly List<LabelledPhone> _bystanders = [];
    private int _devices;

    public LabelledTraffic(int seed, int phones, int identicalPhones)
    {
        _random = new Random(seed);
        _phones = phones;
        _identicalPhones = identicalPhones;
    }

    /// <summary>The pairs of phones whose identifiers were mixed to chain them together.</summary>
    public List<(int First, int Second)> Chained { get; } = [];

    /// <summary>All events in the order in which they happen.</summary>
    public IReadOnlyList<LabelledEvent> Events()
    {
        Group("ordinary", 1.0, Any, static (_, _) => { });
        Group("fields missing now and then", 0.5, static _ => PhoneKind.OldAndroid, static (_, _) => { });
        Group("OAID or IDFA reset", 0.5, Any, static (phone, _) => phone.ResetAdvertising());
        Group("SIM swapped", 0.5, Any, static (phone, _) => phone.ChangeCard());
        Group("app installed again", 0.5, Any, static (phone, number) => Once(number, phone.Reinstall));
        Group("factory reset, IMEI readable", 0.5, static _ => PhoneKind.OldAndroid, static (phone, number) => Once(number, phone.FactoryReset));
        Group("ANDROID_ID changed", 0.3, static _ => PhoneKind.OldAndroid, static (phone, number) => Once(number, () => phone.Signals.AndroidId = "c0ffee" + phone.Signals.AndroidId[6..]));
        Group("token", 0.3, static _ => PhoneKind.Apple, static (phone, number) => Once(number, phone.FactoryReset), keepsToken: true);
        Group(Unlinkable, 0.2, static _ => PhoneKind.Android, static (phone, number) => Once(number, phone.FactoryReset));
        SecondHand();
        SpoofedImei();
        StolenImei();
        IdenticalPhones();
        PoisonedIdentifiers();
        return [.. _events.OrderBy(static labelled => labelled.At)];
    }

    private static void Once(int number, Action change)
    {
        if (number == EventsPerPhone / 2)
        {
            change();
        }
    }

    private static PhoneKind Any(int index) => (PhoneKind)(index % 3);

    private void Group(string name, double share, Func<int, PhoneKind> kind, Action<LabelledPhone, int> between, bool keepsToken = false)
    {
        for (var i = 0; i < _phones * share; i++)
        {
            var phone = NewPhone(kind(i));
            _bystanders.Add(phone);
            var account = Text($"{name} {i}");
            foreach (var (at, number) in Times().Select((at, number) => (at, number)))
            {
                if (number > 0)
                {
                    between(phone, number);
                }

                Add(at, name, phone.Device, phone, account, keepsToken);
            }
        }
    }

    // The next owner's is another device: neither the buyer nor the seller wants it to be the same.
    private void SecondHand()
    {
        for (var i = 0; i < _phones / 10; i++)
        {
            var phone = NewPhone(PhoneKind.OldAndroid);
            var next = ++_devices;
            foreach (var (at, number) in Times().Select((at, number) => (at, number)))
            {
                Once(number, phone.FactoryReset);
                var isSold = number >= EventsPerPhone / 2;
                Add(at, "second-hand phone", isSold ? next : phone.Device, phone, Text($"{(isSold ? "buyer" : "seller")} {i}"));
            }
        }
    }

    /// <summary>A phone that sends the IMEI of another person's phone, a new one with each event.</summary>
    private void SpoofedImei()
    {
        for (var i = 0; i < _phones / 5; i++)
        {
            var phone = NewPhone(PhoneKind.Android);
            foreach (var (at, number) in Times().Select((at, number) => (at, number)))
            {
                phone.Signals.Imei = Victim().Original.Imei;
                Add(at, "spoofed IMEI", phone.Device, phone, Text($"spoofer {i} {number}"));
            }
        }
    }

    /// <summary>A new phone for each account, all with the IMEIs and the serial number of one person's phone.</summary>
    private void StolenImei()
    {
        for (var i = 0; i < _phones / 20; i++)
        {
            var victim = Victim();
            for (var thief = 0; thief < 3; thief++)
            {
                var phone = NewPhone(PhoneKind.Android);
                phone.Signals.Imei = victim.Original.Imei;
                phone.Signals.Imei2 = victim.Original.Imei2;
                phone.Signals.Serial = victim.Original.Serial;
                foreach (var at in Times().Take(3))
                {
                    Add(at, "cloned IMEI and serial", phone.Device, phone, Text($"thief {i} {thief}"));
                }
            }
        }
    }

    /// <summary>Cheap phones of one model whose maker gave all of them one IMEI, serial number and MAC address.</summary>
    private void IdenticalPhones()
    {
        var first = new LabelledPhone(_random, 0, PhoneKind.OldAndroid);
        for (var i = 0; i < _identicalPhones; i++)
        {
            var phone = NewPhone(PhoneKind.Android);
            phone.Signals.Imei = first.Signals.Imei;
            phone.Signals.Imei2 = first.Signals.Imei2;
            phone.Signals.Serial = first.Signals.Serial;
            phone.Signals.Mac = first.Signals.Mac;
            foreach (var at in Times().Take(3))
            {
                Add(at, "identical phones", phone.Device, phone, Text($"identical {i}"));
            }
        }
    }

    /// <summary>Events that mix the identifiers of two people's phones, to make one device of the two.</summary>
    private void PoisonedIdentifiers()
    {
        for (var i = 0; i < _phones / 10; i++)
        {
            var (first, second) = (Victim(), Victim());
            if (first.Device == second.Device)
            {
                continue;
            }

            Chained.Add((first.Device, second.Device));
            foreach (var (at, number) in Times().Select((at, number) => (at, number)))
            {
                var mixed = new LabelledPhone(_random, ++_devices, PhoneKind.Android);
                var (hardware, installation) = number % 2 == 0 ? (first, second) : (second, first);
                mixed.Signals.Imei = hardware.Original.Imei;
                mixed.Signals.Imei2 = hardware.Original.Imei2;
                mixed.Signals.Serial = number % 3 == 0 ? installation.Original.Serial : hardware.Original.Serial;
                mixed.Signals.AndroidId = installation.Original.AndroidId;
                mixed.Signals.Guid = number % 4 == 0 ? hardware.Original.Guid : mixed.Signals.Guid;
                Add(at, Poison, mixed.Device, mixed, Text($"poisoner {i}"));
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private LabelledPhone NewPhone(PhoneKind kind) => new(_random, ++_devices, kind);

    private LabelledPhone Victim()
    {
        while (true)
        {
            var victim = _bystanders[_random.Next(_bystanders.Count)];
            if (victim.Kind == PhoneKind.OldAndroid)
            {
                return victim;
            }
        }
    }

    private DateTimeOffset[] Times() =>
        [.. Enumerable.Range(0, EventsPerPhone).Select(_ => PipelineUnderTest.Start + (Length * _random.NextDouble())).Order()];

    private void Add(DateTimeOffset at, string group, int device, LabelledPhone phone, string account, bool keepsToken = false)
    {
        var signals = phone.Signals.Clone();
        if (group.StartsWith("fields", StringComparison.Ordinal) && _random.Next(2) == 0)
        {
            // The permission to read them was taken away.
            signals.Imei = signals.Imei2 = signals.Serial = "";
        }

        _events.Add(new LabelledEvent(
            at,
            group,
            device,
            new ScoreRequest
            {
                EventId = Text($"event-{_events.Count}"),
                Scene = Scene.Login,
                AccountId = account,
                ClientIp = Text($"203.0.{device / 200 % 250}.{1 + (device % 200)}"),
                Consent = new Consent
                {
                    Granted = { ConsentCategory.DeviceIdentifiers, ConsentCategory.AdvertisingIdentifiers, ConsentCategory.NetworkIdentifiers, ConsentCategory.Sim },
                },
                Device = signals,
            },
            keepsToken));
    }
}
