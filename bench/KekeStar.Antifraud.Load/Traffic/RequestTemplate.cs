using System.Text;
using Google.Protobuf;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>
/// An encoded <see cref="ScoreRequest"/> and the places of the values that differ between requests. All of
/// them have a fixed length, so the length of no message around them ever changes.
/// </summary>
internal sealed class RequestTemplate
{
    private const int LongestShortString = 127;

    /// <summary>Encodes the template.</summary>
    /// <param name="size">Bytes that the message shall have; a package name of the software list is made as long as needed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size cannot be reached.</exception>
    public RequestTemplate(int size)
    {
        ScoreRequest request = Build();
        int missing = size - request.CalculateSize();

        // Two bytes of tag (field 23), one of length.
        int filler = missing - 3 - OverheadOfDevice(request, missing);
        if (filler is < 1 or > LongestShortString)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, $"Choose a size from {request.CalculateSize() + 5} to {request.CalculateSize() + LongestShortString}.");
        }

        request.Device.Software.Add("com.example.".PadRight(filler, 'z')[..filler]);
        Bytes = request.ToByteArray();
        EventId = Find("event", 32);
        Account = Find("acct", 16);
        Address = Find("ip", 15);
        Imei = Find("imei", 15);
        AndroidId = Find("aid", 16);
        Oaid = Find("oaid", 36);
        Bssid = Find("bssid", 17);
        Model = Find("model", 6);

        request.Scene = V1.Scene.Register;
        ScenePlace = Bytes.AsSpan().CommonPrefixLength(request.ToByteArray());
    }

    /// <summary>Gets the encoded message with placeholders.</summary>
    public byte[] Bytes { get; }

    public Range EventId { get; }

    public Range Account { get; }

    public Range Address { get; }

    public Range Imei { get; }

    public Range AndroidId { get; }

    public Range Oaid { get; }

    public Range Bssid { get; }

    public Range Model { get; }

    /// <summary>Gets the place of the scene, a varint of one byte.</summary>
    public int ScenePlace { get; }

    private static ScoreRequest Build()
    {
        var accelerometer = new MotionSeries();
        for (int i = 0; i < 8; i++)
        {
            // Hand-held: 50 Hz with a little jitter, gravity mostly along z.
            accelerometer.TimeUs.Add((uint)((i * 20_000) + (i * i % 7 * 40)));
            accelerometer.X.Add(0.31f + (i % 3 * 0.07f));
            accelerometer.Y.Add(4.02f - (i % 4 * 0.05f));
            accelerometer.Z.Add(8.91f + (i % 5 * 0.03f));
        }

        var request = new ScoreRequest
        {
            EventId = Placeholder("event", 32),
            Scene = V1.Scene.Login,
            AccountId = Placeholder("acct", 16),
            ClientIp = Placeholder("ip", 15),
            Consent = new Consent(),
            Device = new DeviceSignals
            {
                Imei = Placeholder("imei", 15),
                AndroidId = Placeholder("aid", 16),
                Oaid = Placeholder("oaid", 36),
                Bssid = Placeholder("bssid", 17),
                Platform = Platform.Android,
                Model = Placeholder("model", 6),
                Brand = "OnePlus",
                OsVersion = "14",
                OsBuild = "PJZ110_14.0.0.802(CN01)",
                AppVersion = "8.31.0",
                AccessType = AccessType.Wifi,
                Accelerometer = accelerometer,
            },
            ThirdParty = new ThirdPartyResults { Captcha = CaptchaState.Passed },
        };
        request.Consent.Granted.AddRange(Enum.GetValues<ConsentCategory>().Where(static category => category != ConsentCategory.Unspecified));
        request.Device.Sims.Add(new SimSignals { Mcc = "460", Mnc = "00" });
        request.Device.Software.AddRange(
        [
            "com.tencent.mm", "com.eg.android.AlipayGphone", "com.ss.android.ugc.aweme", "com.taobao.taobao",
            "com.sankuai.meituan", "com.netease.cloudmusic", "com.autonavi.minimap", "com.baidu.searchbox",
            "com.sina.weibo", "com.xingin.xhs", "tv.danmaku.bili", "com.jingdong.app.mall",
            "com.xunmeng.pinduoduo", "com.kugou.android", "com.sdu.didi.psnger", "com.quark.browser", "com.UCMobile", "cn.wps.moffice_eng",
        ]);
        request.Device.Processes.AddRange(["com.tencent.mm", "com.tencent.mm:push", "com.android.systemui"]);
        return request;
    }

    private static string Placeholder(string name, int length) => name.PadRight(length, '#');

    // The device message grows by its new entry; its own length may then need a byte more.
    private static int OverheadOfDevice(ScoreRequest request, int growth)
        => CodedOutputStream.ComputeLengthSize(request.Device.CalculateSize() + growth) - CodedOutputStream.ComputeLengthSize(request.Device.CalculateSize());

    private Range Find(string name, int length)
    {
        int at = Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Placeholder(name, length)));
        return at..(at + length);
    }
}
