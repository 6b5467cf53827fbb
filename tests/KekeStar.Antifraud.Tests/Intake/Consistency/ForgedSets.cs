using System.Globalization;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;
using static KekeStar.Antifraud.Intake.Consistency.SignalCheck;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>Changes exactly one signal of an honest device to that of another maker, country, operator, version or system.</summary>
internal sealed class ForgedSets(Random random, GenuineSets genuine)
{
    // What the images of emulators and the phones of farms still run.
    private static readonly int[] OldAndroid = [4, 5, 6, 7];

    /// <summary>The forgeries by name, each with the check that must find it.</summary>
    internal static IReadOnlyList<Forgery> Kinds { get; } =
    [
        new("brand of another maker", ModelBrand, static (forger, set) => forger.Brand(set)),
        new("model of another maker", ModelBrand, static (forger, set) => forger.Model(set)),
        new("IMEI of another maker", TacBrand, static (forger, set) => forger.Imei(set)),
        new("second IMEI of another maker", ImeiMakers, static (forger, set) => forger.SecondImei(set)),
        new("MAC address of another maker", OuiBrand, static (forger, set) => forger.Mac(set)),
        new("other system", ModelPlatform, static (_, set) => System(set)),
        new("version before the model", ModelOsVersion, static (forger, set) => forger.OldVersion(set)),
        new("version after the model", ModelOsVersion, static (forger, set) => forger.NewVersion(set)),
        new("card of another country", IccidImsiCountry, static (forger, set) => forger.Card(set)),
        new("card of another operator", IccidImsiOperator, static (forger, set) => forger.OperatorsCard(set)),
        new("IMSI of another country", IccidImsiCountry, static (forger, set) => forger.Imsi(set)),
        new("IMSI of another operator", IccidImsiOperator, static (forger, set) => forger.OperatorsImsi(set)),
        new("country code of another country", ImsiNetworkCode, static (forger, set) => forger.Mcc(set)),
        new("network code of another operator", ImsiNetworkCode, static (forger, set) => forger.Mnc(set)),
    ];

    /// <summary>Forges a set.</summary>
    /// <returns>False if the device has no such signal to forge.</returns>
    internal bool TryForge(Forgery forgery, GenuineSet set) => forgery.Change(this, set);

    private PhoneLine Other(GenuineSet set)
    {
        PhoneLine other;
        do
        {
            other = PhoneLine.All[random.Next(PhoneLine.All.Count)];
        }
        while (other.Maker == set.Phone.Maker || !TableContents.Makers.ContainsKey(other.Maker));

        return other;
    }

    private ushort OtherMaker(GenuineSet set, ILookup<ushort, string> codes)
    {
        var own = TableContents.Makers.GetValueOrDefault(set.Phone.Maker);
        var others = codes.Select(group => group.Key).Where(maker => maker != own && maker != 0).ToList();
        return others[random.Next(others.Count)];
    }

    private bool Brand(GenuineSet set)
    {
        set.Device.Brand = Other(set).Brand;
        return true;
    }

    private bool Model(GenuineSet set)
    {
        set.Device.Model = Other(set).Model;
        return true;
    }

    private bool Imei(GenuineSet set)
    {
        if (set.Device.Imei.Length == 0)
        {
            return false;
        }

        set.Device.Imei = genuine.Imei(OtherMaker(set, TableContents.Tacs));
        return true;
    }

    private bool SecondImei(GenuineSet set)
    {
        if (set.Device.Imei2.Length == 0)
        {
            return false;
        }

        set.Device.Imei2 = genuine.Imei(OtherMaker(set, TableContents.Tacs));
        return true;
    }

    private bool Mac(GenuineSet set)
    {
        if (set.Device.Mac.Length == 0)
        {
            return false;
        }

        set.Device.Mac = genuine.Mac(OtherMaker(set, TableContents.Ouis));
        return true;
    }

    private static bool System(GenuineSet set)
    {
        set.Device.Platform = set.Phone.Platform == Platform.Ios ? Platform.Android : Platform.Ios;
        return true;
    }

    private bool OldVersion(GenuineSet set)
    {
        if (set.Device.Platform == Platform.Harmony)
        {
            return false;
        }

        var old = set.Phone.Platform == Platform.Ios ? random.Next(4, set.Phone.First) : OldAndroid[random.Next(OldAndroid.Length)];
        if (old >= set.Phone.First)
        {
            return false;
        }

        set.Device.OsVersion = string.Create(CultureInfo.InvariantCulture, $"{old}.{random.Next(3)}");
        return true;
    }

    private bool NewVersion(GenuineSet set)
    {
        if (set.Phone.Platform != Platform.Ios || set.Phone.Last >= 26)
        {
            return false;
        }

        set.Device.OsVersion = string.Create(CultureInfo.InvariantCulture, $"{random.Next(set.Phone.Last + 1, 27)}.{random.Next(6)}");
        return true;
    }

    private static SimSignals? FirstCard(GenuineSet set) => set.Device.Sims.Count == 0 ? null : set.Device.Sims[0];

    private bool Card(GenuineSet set)
    {
        if (FirstCard(set) is not { } sim)
        {
            return false;
        }

        sim.Iccid = genuine.Card(genuine.OtherCountry(set.Country)).Iccid;
        return true;
    }

    private bool Imsi(GenuineSet set)
    {
        if (FirstCard(set) is not { } sim)
        {
            return false;
        }

        sim.Imsi = genuine.Card(genuine.OtherCountry(set.Country)).Imsi;
        return true;
    }

    private bool OperatorsCard(GenuineSet set)
    {
        if (OtherOperator(set) is not { } other)
        {
            return false;
        }

        set.Device.Sims[0].Iccid = other.Iccid;
        return true;
    }

    private bool OperatorsImsi(GenuineSet set)
    {
        if (OtherOperator(set) is not { } other)
        {
            return false;
        }

        set.Device.Sims[0].Imsi = other.Imsi;
        return true;
    }

    private bool Mcc(GenuineSet set)
    {
        if (FirstCard(set) is not { } sim)
        {
            return false;
        }

        sim.Mcc = genuine.Card(genuine.OtherCountry(set.Country)).Mcc;
        return true;
    }

    private bool Mnc(GenuineSet set)
    {
        if (OtherOperator(set) is not { } other)
        {
            return false;
        }

        set.Device.Sims[0].Mnc = other.Mnc;
        return true;
    }

    // A card of the same country whose network is another operator's, as far as the table of networks says so.
    private SimSignals? OtherOperator(GenuineSet set)
    {
        if (FirstCard(set) is not { } sim || Operator(sim) == 0)
        {
            return null;
        }

        for (var attempt = 0; attempt < 100; attempt++)
        {
            var other = genuine.Card(set.Country);
            if (Operator(other) != 0 && Operator(other) != Operator(sim))
            {
                return other;
            }
        }

        return null;
    }

    private static byte Operator(SimSignals sim) => TableContents.Networks
        .FirstOrDefault(network => network.Mcc == sim.Mcc && int.Parse(network.Mnc, CultureInfo.InvariantCulture) == int.Parse(sim.Mnc, CultureInfo.InvariantCulture))
        ?.Operator ?? 0;
}

/// <summary>One way to forge.</summary>
/// <param name="Name">What is changed.</param>
/// <param name="Check">The check that must find it where the tables cover the pair.</param>
/// <param name="Change">Changes the signal; false if the device has none.</param>
internal sealed record Forgery(string Name, KekeStar.Antifraud.Intake.Consistency.SignalCheck Check, Func<ForgedSets, GenuineSet, bool> Change);
