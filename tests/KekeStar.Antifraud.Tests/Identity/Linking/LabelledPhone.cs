using System.Globalization;
using KekeStar.Antifraud.Tests.Intake.Identifiers;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Identity.Linking;

/// <summary>A phone with the identifiers that its system version lets an app read, and what resets do to them.</summary>
internal sealed class LabelledPhone
{
    private readonly Random _random;

    public LabelledPhone(Random random, int device, PhoneKind kind)
    {
        _random = random;
        Device = device;
        Kind = kind;
        if (kind == PhoneKind.OldAndroid)
        {
            Signals.Imei = Imei(random);
            Signals.Imei2 = Imei(random);
            Signals.Serial = Hex(6).ToUpperInvariant();
            Signals.Mac = $"a8c59d{Hex(3)}";
        }

        FactoryReset();
        ChangeCard();
        Original = Signals.Clone();
    }

    public int Device { get; }

    public PhoneKind Kind { get; }

    public DeviceSignals Signals { get; } = new() { Model = "PJZ110", OsBuild = "UKQ1.230924.001", AppVersion = "7.3.1" };

    /// <summary>What an attacker got hold of before the traffic begins.</summary>
    public DeviceSignals Original { get; }

    /// <summary>An IMEI that no other phone has.</summary>
    public static string Imei(Random random)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"49015420{random.Next(1_000_000):d6}");
        return digits + IdentifierReader.CheckDigit(digits, 10);
    }

    /// <summary>All that an installation makes anew.</summary>
    public void FactoryReset()
    {
        Reinstall();
        ResetAdvertising();
        if (Kind == PhoneKind.Apple)
        {
            Signals.Platform = Platform.Ios;
            Signals.Idfv = Uuid();
        }
        else
        {
            Signals.Platform = Platform.Android;
            Signals.AndroidId = Hex(8);
        }
    }

    /// <summary>The app alone.</summary>
    public void Reinstall() => Signals.Guid = Uuid();

    public void ResetAdvertising()
    {
        if (Kind == PhoneKind.Apple)
        {
            Signals.Idfa = Uuid();
        }
        else
        {
            Signals.Oaid = Uuid();
        }
    }

    public void ChangeCard()
    {
        var iccid = string.Create(CultureInfo.InvariantCulture, $"8986012345{_random.Next(100_000_000):d8}");
        Signals.Sims.Clear();
        Signals.Sims.Add(new SimSignals { Iccid = iccid + IdentifierReader.CheckDigit(iccid, 10) });
    }

    private string Hex(int bytes)
    {
        var buffer = new byte[bytes];
        _random.NextBytes(buffer);
        return Convert.ToHexStringLower(buffer);
    }

    private string Uuid()
    {
        var buffer = new byte[16];
        _random.NextBytes(buffer);
        return new Guid(buffer).ToString();
    }
}

/// <summary>What an app can read of a phone.</summary>
internal enum PhoneKind
{
    /// <summary>Android up to 9, with the permission: IMEIs, serial number and MAC address besides the others.</summary>
    OldAndroid,

    /// <summary>Android 10 and later: ANDROID_ID, OAID and the app's GUID.</summary>
    Android,

    /// <summary>iOS: IDFV, IDFA and the app's GUID.</summary>
    Apple,
}
