using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>Makes requests whose signals come from few values each, so that they often contradict each other.</summary>
internal sealed class SignalMaker(int seed)
{
    private readonly Random _random = new(seed);

    internal ScoreRequest Any()
    {
        var device = new DeviceSignals
        {
            Imei = One("", "35226005176148", "490154203237517", "77015420323751", "357923041761485"),
            Imei2 = One("", "35226005176148", "35792304176148"),
            Meid = One("", "AF0123450ABCDE1", "A0000012345678"),
            AndroidId = One("", "8f3c2b1a9d7e6f50", "1234123412341234"),
            Oaid = One("", "abababababababab", "3f1e0a77b2c4d981"),
            Idfa = One("", "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"),
            Idfv = One("", "", "12345678-1234-4123-8123-123456781234"),
            Guid = One("", "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "11111111-1111-4111-8111-111111111112"),
            Serial = One("", "R58M42ABCDE"),
            Mac = One("", "64:cc:2e:6f:0b:de", "8c:77:12:6f:0b:de"),
            Platform = (Platform)_random.Next(0, 5),
            Model = One("", "iPhone14,5", "SM-S9280", "PJZ110", "ELS-AN00", "sdk_gphone64_x86_64", "iPhone9,1"),
            Brand = One("", "samsung", "Redmi", "Apple", "HUAWEI", "redroid"),
            OsVersion = One("", "14", "7.1.2", "17.5.1", "4.2"),
            OsBuild = One("", "sdk_gphone64_x86_64-userdebug 14", "UP1A.231005.007"),
        };
        for (var cards = _random.Next(3); cards > 0; cards--)
        {
            device.Sims.Add(new SimSignals
            {
                Iccid = One("", "89860012345678901234", "8965880812100011146", "89860112345678901234"),
                Imsi = One("", "460001357924680", "525011357924680", "460991357924680", "310260135792468"),
                Mcc = One("", "460", "525", "310"),
                Mnc = One("", "00", "01", "260", "99"),
            });
        }

        return Checked.NewRequest(device, One("", "223.5.5.5", "8.8.8.8"));
    }

    private string One(params string[] values) => values[_random.Next(values.Length)];
}
