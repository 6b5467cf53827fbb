using System.Globalization;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>Requests whose every identifier is a canary.</summary>
internal static class CanaryRequest
{
    // Every so many calls one whose message takes several of Kestrel's blocks.
    private const int LongEvery = 25;
    private const int ManyApps = 400;

    /// <summary>The request of a call.</summary>
    public static ScoreRequest Make(int call)
    {
        string Of(CanaryField field) => Canary.Of(Canary.NumberOf(call, field)).Text;
        var request = new ScoreRequest
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"event-{call}"),
            Scene = (Scene)(1 + (call % 8)),
            AccountId = Of(CanaryField.Account),
            ClientIp = Of(CanaryField.ClientIp),
            Consent = new Consent { Granted = { FullRequest.AllCategories() } },
            Device = new DeviceSignals
            {
                Imei = Of(CanaryField.Imei),
                Imei2 = Of(CanaryField.Imei2),
                Meid = Of(CanaryField.Meid),
                AndroidId = Of(CanaryField.AndroidId),
                Oaid = Of(CanaryField.Oaid),
                Idfa = Of(CanaryField.Idfa),
                Idfv = Of(CanaryField.Idfv),
                OpenUdid = Of(CanaryField.OpenUdid),
                Guid = Of(CanaryField.Guid),
                Serial = Of(CanaryField.Serial),
                Mac = Of(CanaryField.Mac),
                Bssid = Of(CanaryField.Bssid),
                Sims =
                {
                    new SimSignals { Iccid = Of(CanaryField.Iccid), Imsi = Of(CanaryField.Imsi), SimSerial = Of(CanaryField.SimSerial), Mcc = "460", Mnc = "01" },
                    new SimSignals { Iccid = Of(CanaryField.SecondIccid), Imsi = Of(CanaryField.SecondImsi), SimSerial = Of(CanaryField.SecondSimSerial), Mcc = "460", Mnc = "01" },
                },
                Platform = Platform.Android,
                Model = Of(CanaryField.Model),
                Brand = "OnePlus",
                OsVersion = "14",
                OsBuild = Of(CanaryField.OsBuild),
                AppVersion = Of(CanaryField.AppVersion),
                AccessType = AccessType.Wifi,
                Accelerometer = FullRequest.MakeSeries(16, 9.81f),
                Software = { "com.example.first", Of(CanaryField.Software) },
                Processes = { Of(CanaryField.Process) },
            },
            ReasonLanguage = ReasonLanguage.English,
        };
        if (call % LongEvery == 0)
        {
            request.Device.Processes.AddRange(Enumerable.Range(0, ManyApps).Select(static app => string.Create(CultureInfo.InvariantCulture, $"com.example.app{app}:service")));
        }

        return request;
    }
}
