using System.Globalization;
using Google.Protobuf;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>Requests with more and more signals: each step holds those before it.</summary>
internal static class SignalSteps
{
    private static readonly (string Name, Action<ScoreRequest, int> Add)[] All =
    [
        ("account", static (request, number) => request.AccountId = Text($"user{number:D12}")),
        ("and address", static (request, number) => request.ClientIp = Text($"117.{100 + (number / 10_000)}.{100 + (number / 100 % 100)}.{100 + (number % 100)}")),
        ("and one identifier, model, build", static (request, number) =>
        {
            request.Device = new DeviceSignals
            {
                AndroidId = Text($"{SplitMix64.Mix((uint)number | (1UL << 40)):x16}"),
                Platform = Platform.Android,
                Model = Text($"PJZ{number % 200:D3}"),
                Brand = "OnePlus",
                OsVersion = "14",
                OsBuild = "PJZ110_14.0.0.802(CN01)",
                AppVersion = "8.31.0",
                AccessType = AccessType.Wifi,
            };
        }),
        ("and IMEI, OAID, access point", static (request, number) =>
        {
            request.Device.Imei = Imei("86430206", number);
            request.Device.Oaid = Guid(number, 2);
            request.Device.Bssid = Text($"3c:cd:57:{number >> 16 & 0xff:x2}:{number >> 8 & 0xff:x2}:{number & 0xff:x2}");
        }),
        ("and software, card", static (request, number) =>
        {
            request.Device.Software.AddRange(
            [
                "com.tencent.mm", "com.eg.android.AlipayGphone", "com.ss.android.ugc.aweme", "com.taobao.taobao", "com.sankuai.meituan", "com.netease.cloudmusic", "com.autonavi.minimap",
                "com.baidu.searchbox", "com.sina.weibo", "com.xingin.xhs", "tv.danmaku.bili", Text($"com.example.app{number % 500}"),
            ]);
            request.Device.Sims.Add(new SimSignals { Mcc = "460", Mnc = "00", Iccid = Luhn(Text($"898600{number:D12}")), Imsi = Text($"46000{number:D10}"), SimSerial = Text($"8986{number:D14}") });
        }),
        ("all identifiers, two cards, motion", static (request, number) =>
        {
            request.Device.Imei2 = Imei("86430306", number);
            request.Device.Meid = Text($"A0{SplitMix64.Mix((uint)number | (3UL << 40)) & 0xffff_ffff_ffff:X12}");
            request.Device.Idfa = Guid(number, 4).ToUpperInvariant();
            request.Device.Idfv = Guid(number, 5).ToUpperInvariant();
            request.Device.OpenUdid = Text($"{SplitMix64.Mix((uint)number | (6UL << 40)):x16}{SplitMix64.Mix((uint)number | (7UL << 40)):x16}{number:x8}");
            request.Device.Guid = Guid(number, 8);
            request.Device.Serial = Text($"R5CT{number:D7}");
            request.Device.Mac = Text($"3c:cd:58:{number >> 16 & 0xff:x2}:{number >> 8 & 0xff:x2}:{number & 0xff:x2}");
            request.Device.Sims.Add(new SimSignals { Mcc = "460", Mnc = "01", Iccid = Luhn(Text($"898601{number:D12}")), Imsi = Text($"46001{number:D10}"), SimSerial = Text($"8987{number:D14}") });
            request.Device.Accelerometer = Motion(number);
        }),
    ];

    /// <summary>Gets how many steps there are.</summary>
    public static int Count => All.Length;

    /// <summary>Gives the name of a step.</summary>
    public static string Name(int step) => All[step].Name;

    /// <summary>Makes the traffic of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="accounts">How many accounts, each with a device of its own and a request.</param>
    /// <param name="bytes">Length of the first request.</param>
    public static ScoreTraffic Traffic(int step, int accounts, out int bytes)
    {
        string eventId = new('e', RequestWriter.EventIdSize);
        byte[][] requests = [.. Enumerable.Range(0, accounts).Select(number => Request(step, number, eventId).ToByteArray())];
        bytes = requests[0].Length;
        return new ScoreTraffic(requests, eventId);
    }

    private static ScoreRequest Request(int step, int number, string eventId)
    {
        var request = new ScoreRequest { EventId = eventId, Scene = Scene.Login, Consent = new Consent() };
        request.Consent.Granted.AddRange(Enum.GetValues<ConsentCategory>().Where(static category => category != ConsentCategory.Unspecified));
        foreach ((_, Action<ScoreRequest, int> add) in All.Take(step + 1))
        {
            add(request, number);
        }

        return request;
    }

    // A device held in the hand for 1.3 s, each another one.
    private static MotionSeries Motion(int number)
    {
        var series = new MotionSeries();
        ulong random = SplitMix64.Mix((uint)number | (9UL << 40));
        for (int i = 0; i < 64; i++)
        {
            random = SplitMix64.Mix(random);
            series.TimeUs.Add((uint)((i * 20_000) + (int)(random % 400)));
            series.X.Add(0.31f + ((random >> 10) % 1000 / 5000f));
            series.Y.Add(4.02f + ((random >> 20) % 1000 / 5000f));
            series.Z.Add(8.91f + ((random >> 30) % 1000 / 5000f));
        }

        return series;
    }

    private static string Imei(string type, int number) => Luhn(Text($"{type}{number:D6}"));

    private static string Luhn(string digits)
    {
        Span<byte> text = stackalloc byte[digits.Length + 1];
        System.Text.Encoding.ASCII.GetBytes(digits, text);
        FixedText.LuhnDigit(text);
        return System.Text.Encoding.ASCII.GetString(text);
    }

    private static string Guid(int number, int kind)
    {
        ulong high = SplitMix64.Mix((uint)number | ((ulong)kind << 41));
        return new Guid((int)high, (short)(high >> 32), (short)(high >> 48), BitConverter.GetBytes(SplitMix64.Mix(high))).ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
