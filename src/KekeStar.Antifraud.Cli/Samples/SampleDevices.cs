using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>Devices of ordinary users. What a device can say depends on its system, as it does in life.</summary>
internal static class SampleDevices
{
    private const int MotionSamples = 24;

    private static readonly (string Brand, string Model, string Version, string Build)[] Androids =
    [
        ("OPPO", "PJZ110", "14", "PJZ110_14.0.1.610(CN01)"),
        ("vivo", "V2324A", "14", "PD2324_A_14.0.14.6"),
        ("Xiaomi", "23127PN0CC", "14", "UKQ1.230804.001"),
        ("HONOR", "BVL-AN00", "14", "8.0.0.135"),
        ("Redmi", "23117RK66C", "14", "UKQ1.230917.001"),
        ("samsung", "SM-S9210", "14", "UP1A.231005.007.S9210ZCU2AXE1"),
    ];

    private static readonly (string Model, string Version, string Build)[] Phones =
    [
        ("iPhone15,3", "17.5.1", "21F90"),
        ("iPhone14,7", "17.4.1", "21E237"),
        ("iPhone16,2", "17.6", "21G80"),
    ];

    /// <summary>A phone of one of the usual kinds: six in ten a recent Android, three an iPhone, one an old Android.</summary>
    public static DeviceSignals Ordinary(SampleRandom random) => random.Between(1, 10) switch
    {
        <= 6 => RecentAndroid(random),
        <= 9 => Phone(random),
        _ => OldAndroid(random),
    };

    /// <summary>Android 10 and later: apps can no longer read IMEI, serial number and MAC address.</summary>
    public static DeviceSignals RecentAndroid(SampleRandom random)
    {
        var (brand, model, version, build) = random.OneOf(Androids);
        var device = new DeviceSignals
        {
            Platform = Platform.Android,
            Brand = brand,
            Model = model,
            OsVersion = version,
            OsBuild = build,
            AppVersion = "8.2.0",
            AndroidId = SampleIdentifiers.HexDigits(random, 16),
            Oaid = SampleIdentifiers.HexDigits(random, 64),
            Guid = SampleIdentifiers.Uuid(random),
            AccessType = AccessType.Wifi,
        };
        device.Software.Add("com.tencent.mm");
        return device;
    }

    /// <summary>Android 9: with IMEI, serial number and SIM card.</summary>
    public static DeviceSignals OldAndroid(SampleRandom random)
    {
        var device = new DeviceSignals
        {
            Platform = Platform.Android,
            Brand = "HUAWEI",
            Model = "VOG-AL00",
            OsVersion = "9",
            OsBuild = "VOG-AL00 9.1.0.186(C00E180R2P1)",
            AppVersion = "8.2.0",
            Imei = SampleIdentifiers.Imei(random),
            Imei2 = SampleIdentifiers.Imei(random),
            Serial = SampleIdentifiers.HexDigits(random, 16).ToUpperInvariant(),
            AndroidId = SampleIdentifiers.HexDigits(random, 16),
            Guid = SampleIdentifiers.Uuid(random),
            AccessType = AccessType.Wifi,
        };
        device.Sims.Add(new SimSignals
        {
            Iccid = SampleIdentifiers.Iccid(random),
            Imsi = SampleIdentifiers.Imsi(random),
            Mcc = "001",
            Mnc = "01",
        });
        return device;
    }

    /// <summary>Keeps what the device says of itself without any category granted: all identifiers go.</summary>
    public static DeviceSignals WithoutOptional(DeviceSignals device) => new()
    {
        Platform = device.Platform,
        Brand = device.Brand,
        Model = device.Model,
        OsVersion = device.OsVersion,
        OsBuild = device.OsBuild,
        AppVersion = device.AppVersion,
        AccessType = device.AccessType,
    };

    /// <summary>The accelerometer of a phone held in a hand, sampled 50 times a second, never quite evenly.</summary>
    public static MotionSeries HeldInHand(SampleRandom random)
    {
        var series = new MotionSeries();
        uint time = 0;
        for (var sample = 0; sample < MotionSamples; sample++)
        {
            series.TimeUs.Add(time);
            series.X.Add(random.Between(-60, 60) / 100f);
            series.Y.Add(random.Between(630, 750) / 100f);
            series.Z.Add(random.Between(640, 760) / 100f);
            time += (uint)random.Between(19_000, 21_000);
        }

        return series;
    }

    /// <summary>What an emulator's sensor says: the same at every sample.</summary>
    public static MotionSeries Constant()
    {
        var series = new MotionSeries();
        for (uint sample = 0; sample < MotionSamples; sample++)
        {
            series.TimeUs.Add(sample * 20_000);
            series.X.Add(0);
            series.Y.Add(9.81f);
            series.Z.Add(0);
        }

        return series;
    }

    private static DeviceSignals Phone(SampleRandom random)
    {
        var (model, version, build) = random.OneOf(Phones);
        var device = new DeviceSignals
        {
            Platform = Platform.Ios,
            Brand = "Apple",
            Model = model,
            OsVersion = version,
            OsBuild = build,
            AppVersion = "8.2.0",
            Idfv = SampleIdentifiers.Uuid(random).ToUpperInvariant(),
            Guid = SampleIdentifiers.Uuid(random),
            AccessType = AccessType.Wifi,
        };
        if (random.OneIn(3))
        {
            device.Idfa = SampleIdentifiers.Uuid(random).ToUpperInvariant();
        }

        return device;
    }
}
