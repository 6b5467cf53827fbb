using System.Globalization;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>
/// Makes the signals of honest devices. The shares are assumptions, stated here, in favour of what is awkward: travel,
/// cards bought abroad, missing permissions, second-hand habits of apps.
/// </summary>
internal sealed class GenuineSets(Random random)
{
    private const double Refuses = 0.2;
    private const double SpeaksHarmony = 0.5;
    private const double OwnSystem = 0.002;
    private const double Travels = 0.03;
    private const double CardOfMainland = 0.85;
    private const double TwoCards = 0.5;

    // Cards for travel carry the numbers of several countries; nobody publishes how many there are.
    private const double TravelCard = 0.0003;

    // Of all phones, unbranded ones that give both slots one IMEI.
    private const double OneImeiTwice = 0.0002;

    private static readonly ushort[] Countries =
        [.. TableContents.Networks.Select(network => network.Country).Distinct().Where(country => TableContents.Cards[country].Any())];

    private static readonly ushort China = TableContents.Networks.First(network => network.Mcc == "460").Country;

    private readonly DeviceNumbers _numbers = new(random);

    /// <summary>Signals as an app reports them: without what its system or its user does not give.</summary>
    internal ScoreRequest Next() => Thin(Full(PhoneLine.All[random.Next(PhoneLine.All.Count)]));

    /// <summary>All signals that a phone has.</summary>
    internal GenuineSet Full(PhoneLine phone)
    {
        var country = random.NextDouble() < CardOfMainland ? China : Countries[random.Next(Countries.Length)];
        var version = random.Next(phone.First, phone.Last + 1) + (phone.Maker != "apple" && random.NextDouble() < OwnSystem ? 1 : 0);
        var isHarmony = phone.Brand == "HUAWEI" && random.NextDouble() < SpeaksHarmony;
        var device = new DeviceSignals
        {
            Platform = isHarmony ? Platform.Harmony : phone.Platform,
            Brand = Case(phone.Brand),
            Model = phone.Model,
            OsVersion = isHarmony ? One("2.0.0", "3.0.0", "4.2.0") : Version(version),
            OsBuild = "AB" + Digits(6),
            AppVersion = "7." + Digits(1),
            Guid = Uuid(),
        };
        if (phone.Maker == "apple")
        {
            device.Idfv = Uuid();
            device.Idfa = random.Next(3) == 0 ? Uuid() : "00000000-0000-0000-0000-000000000000";
        }
        else
        {
            AddAndroid(phone, device, country);
        }

        return new GenuineSet(phone, version, country, device, Address(random.NextDouble() < Travels ? Countries[random.Next(Countries.Length)] : country));
    }

    /// <inheritdoc cref="DeviceNumbers.Imei"/>
    internal string Imei(ushort maker) => _numbers.Imei(maker);

    /// <inheritdoc cref="DeviceNumbers.Mac"/>
    internal string Mac(ushort maker) => _numbers.Mac(maker);

    /// <inheritdoc cref="DeviceNumbers.Card"/>
    internal SimSignals Card(ushort country) => _numbers.Card(country);

    /// <inheritdoc cref="DeviceNumbers.Iccid"/>
    internal string Iccid(string head) => _numbers.Iccid(head);

    internal string Digits(int count) => _numbers.Digits(count);

    internal ushort OtherCountry(ushort than)
    {
        ushort country;
        do
        {
            country = Countries[random.Next(Countries.Length)];
        }
        while (country == than);

        return country;
    }

    private void AddAndroid(PhoneLine phone, DeviceSignals device, ushort country)
    {
        var maker = TableContents.Makers.GetValueOrDefault(phone.Maker);
        device.AndroidId = Hex(16).TrimStart('0');
        device.Oaid = One(Hex(16), Uuid(), Hex(64));
        device.Serial = "R" + Hex(9);
        device.Imei = Imei(maker);
        device.Imei2 = random.NextDouble() < OneImeiTwice ? device.Imei : Imei(maker);
        device.Mac = Mac(maker);
        device.Sims.Add(Card(country));
        if (random.NextDouble() < TwoCards)
        {
            device.Sims.Add(Card(random.Next(10) == 0 ? Countries[random.Next(Countries.Length)] : country));
        }

        if (random.NextDouble() < TravelCard)
        {
            device.Sims[0].Iccid = Iccid(TableContents.Cards[OtherCountry(country)].First().Head);
        }
    }

    // Android 10 gives apps no lasting identifier of phone and card any more, iOS never did.
    private ScoreRequest Thin(GenuineSet set)
    {
        var device = set.Device;
        if (set.Version >= 10)
        {
            device.Imei = device.Imei2 = device.Serial = "";
            device.Mac = One("", "02:00:00:00:00:00");
            foreach (var sim in device.Sims)
            {
                sim.Iccid = sim.Imsi = "";
            }
        }

        foreach (var field in DeviceSignals.Descriptor.Fields.InFieldNumberOrder().Where(_ => random.Next(8) == 0))
        {
            field.Accessor.Clear(device);
        }

        var request = Checked.NewRequest(device, set.Address);
        if (random.NextDouble() < Refuses)
        {
            request.Consent.Granted.RemoveAt(random.Next(request.Consent.Granted.Count));
        }

        return request;
    }

    private string Address(ushort country)
    {
        // By trial: a third of the addresses that are used lie in the countries that most cards are of.
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}");
            if (Addresses.CountryOf(address) == country)
            {
                return address;
            }
        }

        return "";
    }

    private string Version(int major) => random.Next(3) switch
    {
        0 => major.ToString(CultureInfo.InvariantCulture),
        1 => string.Create(CultureInfo.InvariantCulture, $"{major}.{random.Next(10)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{major}.{random.Next(10)}.{random.Next(10)}"),
    };

    private string Case(string brand) => random.Next(4) switch
    {
        0 => brand.ToUpperInvariant(),
        1 => brand.ToLowerInvariant(),
        _ => brand,
    };

    private string Hex(int count) => new([.. Enumerable.Range(0, count).Select(_ => "0123456789abcdef"[random.Next(16)])]);

    private string Uuid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-{"89ab"[random.Next(4)]}{Hex(3)}-{Hex(12)}";

    private string One(params string[] values) => values[random.Next(values.Length)];
}

/// <summary>All signals of an honest device, and what they come from.</summary>
internal sealed record GenuineSet(PhoneLine Phone, int Version, ushort Country, DeviceSignals Device, string Address);
