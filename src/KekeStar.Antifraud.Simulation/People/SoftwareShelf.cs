using System.Globalization;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>
/// Where people get their apps. What an app sees of a phone is the maker's own software, alike on all phones of a model,
/// a few dozen apps that nearly everybody has, and a tail that is personal. Popularity falls by Zipf's law, as measured
/// in app stores (Petsas et al., "Rise of the Planet of the Apps", IMC 2013, exponents 1.0 to 1.4 after a flat head).
/// </summary>
internal sealed class SoftwareShelf
{
    private const int Tail = 20_000;
    private const double Exponent = 1.05;

    // Honest people who have what risk tools are: two accounts on one phone, a VPN for work, a phone of one's own making.
    private const double HasVpn = 0.02;
    private const double HasTwins = 0.01;
    private const double HasRoot = 0.004;
    private const double HasLocation = 0.003;

    private static readonly string[] Everybody =
    [
        "com.tencent.mm", "com.eg.android.AlipayGphone", "com.taobao.taobao", "com.ss.android.ugc.aweme", "com.tencent.mobileqq",
        "com.autonavi.minimap", "com.baidu.searchbox", "com.jingdong.app.mall", "com.xunmeng.pinduoduo", "com.smile.gifmaker",
        "com.sina.weibo", "com.sankuai.meituan", "com.tencent.qqlive", "com.UCMobile", "com.netease.cloudmusic", "com.xingin.xhs",
        "tv.danmaku.bili", "com.baidu.BaiduMap", "com.tencent.qqmusic", "com.kugou.android", "com.sdu.didi.psnger", "com.MobileTicket",
        "com.unionpay", "com.qiyi.video", "com.youku.phone", "com.ss.android.article.news", "com.tencent.wework", "com.alibaba.android.rimet",
        "com.tencent.tmgp.sgame", "me.ele", "com.cainiao.wireless", "ctrip.android.view", "com.greenpoint.android.mc10086.activity",
        "com.sinovatech.unicom.ui", "com.icbc", "com.chinamworld.main", "com.android.bankabc", "cmb.pbi", "com.zhihu.android", "com.quark.browser",
    ];

    private readonly double[] _weights = [.. Enumerable.Range(1, Tail).Scan(rank => 1 / Math.Pow(rank + 10, Exponent))];

    // Each name once, however many phones have it; one more than weights, for a number at their very end.
    private readonly string?[] _names = new string?[Tail + 1];

    /// <summary>What the maker put on every phone of a model.</summary>
    internal static IEnumerable<string> System(PhoneModel model)
    {
        var maker = Prefix(model.Maker);
        yield return "com.android.settings";
        yield return "com.android.contacts";
        yield return "com.android.mms";
        for (var number = 0; number < 18; number++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{maker}.system{number}");
        }
    }

    /// <summary>Apps of others that the maker was paid to put on its new phones; most people take them off by and by.</summary>
    internal static IEnumerable<string> Partners(PhoneModel model) =>
        Enumerable.Range(0, 10).Select(number => string.Create(CultureInfo.InvariantCulture, $"cn.partner.{model.Maker}.app{number}"));

    /// <summary>The list that a phone reports after months of use: 30 to 120 packages.</summary>
    internal List<string> Lived(PhoneModel model, Random random)
    {
        var apps = new HashSet<string>(System(model), StringComparer.Ordinal);
        apps.UnionWith(Partners(model).Where(_ => random.Next(3) == 0));
        var wanted = 30 + (int)(90 * random.NextDouble() * random.NextDouble());
        for (var rank = 0; rank < Everybody.Length; rank++)
        {
            if (random.NextDouble() < 0.92 - (0.018 * rank))
            {
                apps.Add(Everybody[rank]);
            }
        }

        while (apps.Count < wanted || random.NextDouble() < 0.8)
        {
            apps.Add(FromTail(random));
        }

        AddTools(apps, random);
        return [.. apps];
    }

    /// <summary>The list of a phone out of its box: what the maker put there and the first few that everybody installs.</summary>
    internal List<string> Fresh(PhoneModel model, Random random)
    {
        var apps = new HashSet<string>([.. System(model), .. Partners(model)], StringComparer.Ordinal);
        for (var installed = random.Next(2, 9); installed > 0; installed--)
        {
            apps.Add(Everybody[(int)(Everybody.Length * random.NextDouble() * random.NextDouble())]);
        }

        if (random.NextDouble() < 0.3)
        {
            apps.Add(FromTail(random));
        }

        return [.. apps];
    }

    /// <summary>One app of the long tail.</summary>
    internal string FromTail(Random random)
    {
        var place = Array.BinarySearch(_weights, random.NextDouble() * _weights[^1]);
        return _names[place < 0 ? ~place : place] ??= string.Create(CultureInfo.InvariantCulture, $"cn.shop.app{(place < 0 ? ~place : place)}");
    }

    private static string Prefix(string maker) => maker switch
    {
        "xiaomi" => "com.miui",
        "oppo" => "com.coloros",
        _ => "com." + maker,
    };

    private static void AddTools(HashSet<string> apps, Random random)
    {
        void Add(double share, string name)
        {
            if (random.NextDouble() < share)
            {
                apps.Add(name);
            }
        }

        Add(HasVpn, "com.v2ray.ang");
        Add(HasTwins, "com.lbe.parallel.intl");
        Add(HasRoot, "com.topjohnwu.magisk");
        Add(HasLocation, "com.lexa.fakegps");
    }
}
