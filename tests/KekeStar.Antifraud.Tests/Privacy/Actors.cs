using System.Globalization;
using Google.Protobuf;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.Tests.Intake.Identifiers;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>People and devices whose every signal is present and harmless; those of one number are always the same.</summary>
internal static class Actors
{
    private static int _events;

    /// <summary>An event with everything granted.</summary>
    /// <param name="scene">What the user is about to do.</param>
    /// <param name="account">Number of the account.</param>
    /// <param name="device">Number of the device: Android where even, iOS where odd.</param>
    /// <param name="network">Number of the network and its access point.</param>
    /// <param name="card">Number of the SIM card.</param>
    public static ScoreRequest Event(Scene scene, int account, int device, int network, int card) => new()
    {
        EventId = string.Create(CultureInfo.InvariantCulture, $"event-{Interlocked.Increment(ref _events)}"),
        Scene = scene,
        AccountId = string.Create(CultureInfo.InvariantCulture, $"account-{account}"),
        ClientIp = string.Create(CultureInfo.InvariantCulture, $"203.0.{network}.{7 + (device % 3)}"),
        Consent = new Consent { Granted = { FullRequest.AllCategories() } },
        Device = device % 2 == 0 ? Android(device, network, card) : Apple(device, network, card),
        ThirdParty = new ThirdPartyResults { Captcha = CaptchaState.Unspecified, VendorScore = 10 },
    };

    private static DeviceSignals Android(int device, int network, int card)
    {
        var signals = Common(network, card);
        signals.Platform = Platform.Android;
        signals.Model = "PJZ110";
        signals.Brand = "OnePlus";
        signals.OsVersion = "14";
        signals.OsBuild = "UKQ1.230924.001";
        signals.Imei = WithCheckDigit(Number($"49015420{device:d6}"));
        signals.Imei2 = WithCheckDigit(Number($"35209900{device:d6}"));
        signals.Meid = Number($"A000002F{device:X6}");
        signals.AndroidId = Number($"8f3c2b1a{device:x8}");
        signals.Oaid = Number($"f81d4fae-7dec-41d0-a765-00a0c91e{device:x4}");
        signals.Guid = Number($"6ba7b810-9dad-41d1-80b4-00c04fd4{device:x4}");
        signals.Serial = Number($"R58M42{device:x6}");
        signals.Mac = Number($"a8:c5:9d:6f:0b:{device:x2}");
        return signals;
    }

    private static DeviceSignals Apple(int device, int network, int card)
    {
        var signals = Common(network, card);
        signals.Platform = Platform.Ios;
        signals.Model = "iPhone16,2";
        signals.Brand = "Apple";
        signals.OsVersion = "17.5.1";
        signals.OsBuild = "21F90";
        signals.Idfa = Number($"e621e1f8-c36c-495a-93fc-0c247a3e{device:x4}");
        signals.Idfv = Number($"2b6f0cc9-04d1-4bf1-9f7a-7f2b7e6a{device:x4}");
        signals.OpenUdid = Number($"0d943976b24c85900c764dd9f75ce054dbc5{device:x4}");
        signals.Guid = Number($"6ba7b810-9dad-41d1-80b4-10c04fd4{device:x4}");
        return signals;
    }

    private static DeviceSignals Common(int network, int card)
    {
        var iccid = Number($"8986002345678{card:d5}");
        return new DeviceSignals
        {
            AppVersion = "7.3.1",
            AccessType = AccessType.Wifi,
            Bssid = Number($"a8:c5:9d:70:0b:{network:x2}"),
            Sims =
            {
                new SimSignals
                {
                    Iccid = iccid + IdentifierReader.CheckDigit(iccid, 10),
                    Imsi = Number($"46000{card:d10}"),
                    SimSerial = Number($"SIM{card:d8}"),
                    Mcc = "460",
                    Mnc = "00",
                },
            },
            Accelerometer = FullRequest.MakeSeries(16, 9.81f),
            Gyroscope = FullRequest.MakeSeries(16, 0),
            Software = { Enumerable.Range(0, 12).Select(static app => Number($"com.example.app{app}")) },
            Processes = { "com.example.notes", "com.example.maps:push" },
        };
    }

    private static string WithCheckDigit(string digits) => digits + IdentifierReader.CheckDigit(digits, 10);

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
