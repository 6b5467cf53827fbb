using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Decision.Labels;

/// <summary>
/// All labels, with what proves each. Names of ishumei: github.com/ishumei/api-doc, V4 设备指纹; numbers of Tencent Cloud:
/// "Risk Label" (tencentcloud.com/document/product/1123/67476; 5xxx: iOS) and, with RCE before it, RiskType of RCE's
/// ManageMarketingRisk. The nearest ones: their programs on the device see more and other things than a server does.
/// </summary>
internal static class LabelCatalogue
{
    /// <summary>Number of consent categories, from ESSENTIAL on.</summary>
    public const int Categories = (int)ConsentCategory.Software - (int)ConsentCategory.Essential + 1;

    private const string ReportedList = "A list that hides the tool, or an app that sends none; whether the tool acts on this app.";
    private const string ReportedListZh = "列表隐藏了该工具或应用未上报列表的情况；该工具是否作用于本应用。";

    private static readonly Label[] Labels =
    [
        new(
            "emulator", LabelScope.Device, "The app runs in an emulator, a virtual machine or a container", "应用运行在模拟器、虚拟机或容器中",
            "An emulator that forges model, identifiers and software.", "伪造了机型、标识符和软件列表的模拟器。",
            "b_pc_emulator, b_phone_emulator", "301, 5012",
            [
                .. Own(0, "consistency.emulator_model"),
                .. Own(1, "device.emulator_identifier"),
                .. Own(2, "network.emulator_identifier"),
                .. Own(3, "sim.emulator_identifier"),
                .. Own(4, "software.emulator"),
            ]),
        new(
            "cloud_phone", LabelScope.Device, "The app runs on a phone in a data centre", "应用运行在云手机上",
            "A cloud phone without its provider's software.", "未携带服务商软件的云手机。",
            "b_cloud_device", "302, 1100", [.. Own(5, "software.cloud_phone")]),
        new(
            "rooted", LabelScope.Device, "The device carries a tool that roots or jailbreaks it", "设备上装有 Root 或越狱工具",
            "Root rights without such a tool, or hidden ones.", "无此类工具或被隐藏的 Root 权限。",
            "b_root", "202, 5001", [.. Own(6, "software.root")]),
        new(
            "hook", LabelScope.Device, "A hooking framework is installed", "设备上装有 Hook 框架", ReportedList, ReportedListZh,
            "b_hook", "205, 5007", [.. Own(7, "software.hook")]),
        new(
            "multi_open", LabelScope.Device, "A tool that runs several copies of an app is installed", "设备上装有应用多开工具", ReportedList, ReportedListZh,
            "b_multi_boxing_apps", "206, 5009", [.. Own(8, "software.multi_open")]),
        new(
            "id_tampered", LabelScope.Device, "The device's signals contradict each other, or a tool that forges them is installed", "设备信号互相矛盾，或装有改机工具",
            "A whole and consistent set of another phone's signals.", "整套取自另一台手机且相互一致的信号。",
            "b_altered, b_alter_apps, b_mismatch", "1001, 5010",
            [
                .. Own(9, "software.device_changer"),
                .. Own(
                    10,
                    "consistency.tac_brand", "consistency.imei_makers", "consistency.imei_invalid", "consistency.imei_unassigned",
                    "consistency.meid_invalid", "consistency.low_entropy_identifier", "device.platform_conflict"),
                .. Own(11, "consistency.low_entropy_oaid"),
                .. Own(12, "consistency.oui_brand"),
                .. Own(13, "consistency.model_brand", "consistency.model_platform", "consistency.model_os_version"),
            ]),
        new(
            "id_cloned", LabelScope.Device, "An identifier of the device is in use on more than 4 devices", "设备的某个标识符被 4 台以上设备使用",
            "Which of the devices is the true one.", "哪一台是真正的设备。",
            "", "", [Counted("device.shared_identifiers", 1)]),
        new(
            "farm", LabelScope.Device, "A tool that controls many phones is installed, or 6 or more accounts were registered within 24 hours", "装有群控工具，或 24 小时内注册 6 个及以上账号",
            "That other phones belong to the same farm.", "其他手机是否属于同一农场。",
            "b_farmer", "402", [.. Own(14, "software.group_control"), Counted("device.registrations_24h", 6)]),
        new(
            "high_fan_out", LabelScope.Device, "8 or more accounts were used on the device within 24 hours", "24 小时内有 8 个及以上账号在该设备上使用",
            "That the accounts are one person's.", "这些账号是否属于同一人。",
            "", "RCE 1012", [Counted("device.accounts_24h", 8)]),
        new(
            "auto_clicker", LabelScope.Device, "An automatic clicker or script player is installed", "设备上装有自动点击或脚本工具", ReportedList, ReportedListZh,
            "b_monkey_apps", "401, 5016", [.. Own(15, "software.auto_clicker")]),
        new(
            "remote_control", LabelScope.Device, "A tool for driving the phone from afar is installed", "设备上装有远程操控工具", ReportedList, ReportedListZh,
            "b_remote_control_apps", "", [.. Own(16, "software.remote_control")]),
        new(
            "captcha_solver", LabelScope.Device, "A tool that has captchas solved by others is installed", "设备上装有打码（代答验证码）工具", ReportedList, ReportedListZh,
            "", "", [.. Own(17, "software.captcha_solver")]),
        new(
            "concealment", LabelScope.Device, "A tool that hides root, hooks or software is installed", "设备上装有隐藏 Root、Hook 或软件的工具", ReportedList, ReportedListZh,
            "", "", [.. Own(18, "software.concealment")]),
        new(
            "packet_capture", LabelScope.Device, "A tool that reads or alters traffic is installed", "设备上装有抓包或改包工具", ReportedList, ReportedListZh,
            "", "", [.. Own(19, "software.packet_capture")]),
        new(
            "location_faker", LabelScope.Device, "A tool that forges the location is installed", "设备上装有虚拟定位工具",
            "That the location is forged: none is read.", "位置是否真被伪造：服务不读取位置。",
            "b_alter_loc", "208", [.. Own(20, "software.location_faker")]),
        new(
            "vpn", LabelScope.Device, "A VPN or proxy app is installed", "设备上装有 VPN 或代理应用",
            "That it is switched on.", "是否正在使用。",
            "b_vpn_apps", "209", [.. Own(21, "software.vpn")]),
        new(
            "proxy_changer", LabelScope.Device, "A tool that changes the public address on demand is installed", "设备上装有可随意切换公网 IP（秒拨）的工具",
            "That it is switched on.", "是否正在使用。",
            "b_vpn_apps", "", [.. Own(22, "software.proxy_changer")]),
        new(
            "hosting", LabelScope.Network, "The address belongs to a data centre, a cloud or a VPN's exits", "IP 属于数据中心、云或 VPN 出口",
            "A proxy in somebody's home, or a VPN whose network is not listed.", "家庭宽带代理，或网络未收录的 VPN。",
            "b_vpn", "RCE 2012", [.. Own(23, "ip.hosting")]),
        new(
            "synthetic_motion", LabelScope.Device, "The motion samples are no sensor's, or a tool that forges them is installed", "运动传感器数据并非真实采集，或装有伪造传感器的工具",
            "A true recording of another phone.", "取自另一台手机的真实录制数据。",
            "", "", [
                .. Own(
                    24,
                    "motion.constant", "motion.gravity_implausible", "motion.periodic", "motion.white_noise", "motion.random_walk",
                    "motion.noiseless", "motion.coarse", "motion.dead_axis"),
                .. Own(25, "software.motion_faker"),
            ]),
        new(
            "no_motion", LabelScope.Device, "The motion sensors report nothing but zero", "运动传感器数值全部为零",
            "Why: an emulator, a broken sensor or a stub.", "原因：模拟器、传感器损坏或桩代码。",
            "", "", [.. Own(26, "motion.zero")]),
        new(
            "replayed_motion", LabelScope.Device, "The motion recording was sent by another device too", "该运动录制数据也由其他设备上报过",
            "A recording altered beyond its digests.", "改动超出摘要容差的录制数据。",
            "", "", [Counted("recording.matching_devices", 1)]),
        new(
            "sim_mismatch", LabelScope.Device, "What a SIM card says of its issuer, operator and network does not agree", "SIM 卡的发卡方、运营商与网络互相矛盾",
            "A whole and consistent set of another card's numbers.", "整套取自另一张卡且相互一致的号码。",
            "b_sim", "217, 5020",
            [.. Own(27, "consistency.iccid_imsi_country", "consistency.iccid_imsi_operator", "consistency.imsi_network_code", "consistency.network_unassigned")]),
        new(
            "sim_abroad", LabelScope.Device, "A SIM card is of another country than the address", "SIM 卡所属国家与 IP 所在国家不同",
            "Whether the user travels or a VPN is in use.", "用户是在出行还是使用了 VPN。",
            "", "", [.. Own(28, "network.sim_country_differs")]),
        new(
            "new_device", LabelScope.Account, "The device is new to the account", "该账号的新设备",
            "That another person holds it.", "持有者是否为他人。",
            "b_device_first_activation", "", [Counted("account.new_device", 1)]),
        new(
            "new_sim", LabelScope.Account, "The SIM card is new to the account", "该账号的新 SIM 卡",
            "That another person holds it; a card that shares the 6 bits of a known one.", "持有者是否为他人；与已知卡 6 比特相同的卡。",
            "", "", [Counted("account.new_sim", 1)]),
        new(
            "new_network", LabelScope.Account, "The network is new to the account", "该账号的新网络",
            "That another person uses it.", "使用者是否为他人。",
            "", "RCE 2011", [Counted("account.new_network", 1)]),
        new(
            "impossible_travel", LabelScope.Account, "The account was used within an hour in two countries that are too far apart", "该账号一小时内在相距过远的两个国家使用",
            "A proxy in somebody's home.", "家庭宽带代理。",
            "", "", [Counted("account.impossible_travel", 1)]),
        new(
            "credential_stuffing", LabelScope.Device, "Logins to 5 or more accounts failed on the device within an hour", "1 小时内有 5 个及以上账号在该设备上登录失败",
            "That the passwords were stolen.", "密码是否被盗。",
            "", "", [Counted("device.failed_accounts_1h", 5)]),
    ];

    private static readonly LabelProof[] AllProofs = CollectProofs();

    private static readonly LabelProof[] KeptProofs = Array.FindAll(AllProofs, static proof => proof.Kept != 0);

    private static readonly uint[] BitsByCategory = CollectBits();

    /// <summary>Number of labels.</summary>
    public static int Count => Labels.Length;

    /// <summary>All labels.</summary>
    public static ReadOnlySpan<Label> All => Labels;

    /// <summary>What proves the labels, in their order.</summary>
    public static ReadOnlySpan<LabelProof> Proofs => AllProofs;

    /// <summary>Those of <see cref="Proofs"/> that a device's own log remembers.</summary>
    public static ReadOnlySpan<LabelProof> Kept => KeptProofs;

    /// <summary>The bits of evidence that need a consent category.</summary>
    public static uint BitsOf(ConsentCategory category) => BitsByCategory[category - ConsentCategory.Essential];

    private static IEnumerable<LabelEvidence> Own(int bit, params string[] features) =>
        features.Select(name => new LabelEvidence(FeatureNamed(name), 1, bit));

    private static LabelEvidence Counted(string feature, double atLeast) => new(FeatureNamed(feature), atLeast, LabelEvidence.NotKept);

    private static Feature FeatureNamed(string name) =>
        FeatureCatalogue.Find(name) ?? throw new InvalidOperationException($"A label names the feature {name}, which is none.");

    private static LabelProof[] CollectProofs()
    {
        // One bit for each label in LabelProof.Label.
        if (Labels.Length > 64)
        {
            throw new InvalidOperationException($"{Labels.Length} labels; at most 64 have room.");
        }

        return [.. Labels.SelectMany(static (label, index) => label.Evidence.Select(evidence => new LabelProof(
            evidence.AtLeast,
            1UL << index,
            evidence.Bit == LabelEvidence.NotKept ? 0 : 1u << evidence.Bit,
            evidence.Feature.Index)))];
    }

    /// <summary>Names of the labels that a signal of some categories can prove.</summary>
    internal static IReadOnlyCollection<string> NamesOf(IReadOnlyCollection<ConsentCategory> categories) =>
        [.. Labels.Where(label => label.Evidence.Any(evidence => categories.Contains(evidence.Feature.Consent))).Select(static label => label.Name)];

    private static uint[] CollectBits()
    {
        var bits = new uint[Categories];
        foreach (var evidence in Labels.SelectMany(static label => label.Evidence).Where(static evidence => evidence.Bit != LabelEvidence.NotKept))
        {
            if (evidence.Bit is < 0 or >= EvidenceHistory.Count)
            {
                throw new InvalidOperationException($"The log has no bit {evidence.Bit}.");
            }

            bits[evidence.Feature.Consent - ConsentCategory.Essential] |= 1u << evidence.Bit;
        }

        return bits;
    }
}
