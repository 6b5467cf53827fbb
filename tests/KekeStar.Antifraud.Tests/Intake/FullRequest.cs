using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>A request that fills every field with something valid.</summary>
internal static class FullRequest
{
    internal static ScoreRequest Make(IntakeUnderTest intake, int software = 64, int processes = 64, int samples = 128)
    {
        var token = intake.Token(new KekeStar.Antifraud.Intake.Pseudonym(11, 12));
        return new ScoreRequest
        {
            EventId = "0d9c2f1e-56a7-4b1e-9a51-7f4f6d1c0b22",
            EventTime = Timestamp.FromDateTimeOffset(IntakeUnderTest.Now.AddMinutes(-11)),
            Scene = Scene.NewDeviceLogin,
            AccountId = "账号-42@example.org",
            ClientIp = "203.0.113.7",
            Consent = new Consent
            {
                Granted = { AllCategories() },
                DecidedAt = Timestamp.FromDateTimeOffset(IntakeUnderTest.Now.AddDays(-30)),
            },
            Device = MakeDevice(software, processes, samples),
            ThirdParty = new ThirdPartyResults { Captcha = CaptchaState.Failed, VendorScore = 640 },
            DeviceToken = ByteString.CopyFrom(token),
            ReasonLanguage = ReasonLanguage.SimplifiedChinese,
        };
    }

    internal static IEnumerable<ConsentCategory> AllCategories() =>
        System.Enum.GetValues<ConsentCategory>().Where(category => category != ConsentCategory.Unspecified);

    internal static MotionSeries MakeSeries(int samples, float around)
    {
        var series = new MotionSeries();
        for (var i = 0; i < samples; i++)
        {
            series.TimeUs.Add((uint)i * 10_000);
            series.X.Add(0.01f * (i % 5));
            series.Y.Add(0.02f * (i % 3));
            series.Z.Add(around + (0.01f * (i % 7)));
        }

        return series;
    }

    private static DeviceSignals MakeDevice(int software, int processes, int samples) => new()
    {
        Imei = "490154203237518",
        Imei2 = "35209900176148",
        Meid = "293608736500703710",
        AndroidId = "8f3c2b1a9d7e6f50",
        Oaid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        Idfa = "E621E1F8-C36C-495A-93FC-0C247A3E6E5F",
        Idfv = "2B6F0CC9-04D1-4BF1-9F7A-7F2B7E6A9C11",
        OpenUdid = "0d943976b24c85900c764dd9f75ce054dbc5986f",
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
        OsBuild = "UKQ1.230924.001",
        AppVersion = "7.3.1",
        AccessType = AccessType.Wifi,
        Accelerometer = MakeSeries(samples, 9.81f),
        Gyroscope = MakeSeries(samples, 0),
        Software = { Enumerable.Range(0, software).Select(i => i == 3 ? "de.robv.android.xposed.installer" : $"com.example.app{i}") },
        Processes = { Enumerable.Range(0, processes).Select(i => i == 5 ? "/data/local/tmp/frida-server" : $"com.example.app{i}:push") },
    };
}
