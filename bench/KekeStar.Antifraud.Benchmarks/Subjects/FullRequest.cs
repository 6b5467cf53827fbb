using Google.Protobuf;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>A request with every identifier, two SIM cards, 64 apps, 64 processes and two series of 128 samples.</summary>
internal static class FullRequest
{
    private const int Names = 64;
    private const int Samples = 128;

    /// <summary>Encodes the request.</summary>
    /// <param name="lists">Whether it has the lists and series; identifiers and descriptions it has always.</param>
    public static byte[] Encode(bool lists = true)
    {
        var request = new ScoreRequest
        {
            EventId = "0d9c2f1e-56a7-4b1e-9a51-7f4f6d1c0b22",
            Scene = Scene.NewDeviceLogin,
            AccountId = "user0000000042",
            ClientIp = "203.0.113.7",
            Consent = new Consent(),
            Device = NewDevice(),
            ThirdParty = new ThirdPartyResults { Captcha = CaptchaState.Passed, VendorScore = 640 },
            ReasonLanguage = ReasonLanguage.SimplifiedChinese,
        };
        request.Consent.Granted.AddRange(Enum.GetValues<ConsentCategory>().Where(static category => category != ConsentCategory.Unspecified));
        if (!lists)
        {
            request.Device.Software.Clear();
            request.Device.Processes.Clear();
            request.Device.Accelerometer = null;
            request.Device.Gyroscope = null;
        }

        return request.ToByteArray();
    }

    private static DeviceSignals NewDevice() => new()
    {
        Imei = "490154203237518",
        Imei2 = "35209900176148",
        Meid = "293608736500703710",
        AndroidId = "8f3c2b1a9d7e6f50",
        Oaid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        Guid = "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
        Serial = "R58M42ABCDE",
        Mac = "a8:c5:9d:6f:0b:de",
        Bssid = "a8:c5:9d:6f:0b:df",
        Sims =
        {
            new SimSignals { Iccid = "8965880812100011146", Imsi = "460001357924680", SimSerial = "SIM0001ABC", Mcc = "460", Mnc = "00" },
            new SimSignals { Iccid = "898600123456789012", Imsi = "460011357924681", SimSerial = "SIM0002ABC", Mcc = "460", Mnc = "01" },
        },
        Platform = Platform.Android,
        Model = "PJZ110",
        Brand = "OnePlus",
        OsVersion = "14",
        OsBuild = "PJZ110_14.0.0.802(CN01)",
        AppVersion = "8.31.0",
        AccessType = AccessType.Wifi,
        Accelerometer = NewSeries(9.81f),
        Gyroscope = NewSeries(0),
        Software = { Enumerable.Range(0, Names).Select(static i => $"com.example.shop.app{i}") },
        Processes = { Enumerable.Range(0, Names).Select(static i => $"com.example.shop.app{i}:push") },
    };

    private static MotionSeries NewSeries(float around)
    {
        var series = new MotionSeries();
        for (var i = 0; i < Samples; i++)
        {
            series.TimeUs.Add((uint)((i * 10_000) + (i % 7 * 40)));
            series.X.Add(0.01f * (i % 5));
            series.Y.Add(0.02f * (i % 3));
            series.Z.Add(around + (0.01f * (i % 7)));
        }

        return series;
    }
}
