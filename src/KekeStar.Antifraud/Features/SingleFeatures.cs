using System.Numerics;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Features;

/// <summary>The features that are not counts in a window, in the order of <see cref="SingleFeature"/>.</summary>
internal static class SingleFeatures
{
    /// <summary>Number of these features.</summary>
    public const int Count = (int)SingleFeature.IpCountryKnown + 1;

    private const ConsentCategory Essential = ConsentCategory.Essential;
    private const ConsentCategory Software = ConsentCategory.Software;
    private const ConsentCategory Motion = ConsentCategory.Motion;
    private const ConsentCategory Identifiers = ConsentCategory.DeviceIdentifiers;
    private const ConsentCategory Advertising = ConsentCategory.AdvertisingIdentifiers;
    private const ConsentCategory Network = ConsentCategory.NetworkIdentifiers;
    private const ConsentCategory Sim = ConsentCategory.Sim;

    /// <summary>Describes them all, numbered from <paramref name="firstIndex"/>.</summary>
    public static Feature[] Describe(int firstIndex)
    {
        var all = new Feature[Count];
        var used = 0;

        Feature Add(string name, string unit, ConsentCategory consent, string english, string chinese, double maximum = 1) =>
            all[used] = new Feature(firstIndex + used++, name, unit, 0, consent, SharedSignal.None, english, chinese) { Maximum = maximum };

        void Keep(Feature feature) => all[feature.Index - firstIndex] = feature;

        // Others can raise them by sending this device's identifiers, and whoever sends fewer has smaller ones.
        void KeepShared(Feature feature) => Keep(feature with { SharedSignal = SharedSignal.Device, FallsWithAbsence = true });

        void KeepCohort(Feature feature) => Keep(feature with { SharedSignal = SharedSignal.Cohort, IsOneAlone = true });

        // Which of the two samples of a list speaks depends on the counts of either, so a smaller list may have smaller values.
        void KeepSimilar(Feature feature) => Keep(feature with { SharedSignal = SharedSignal.Similarity, FallsWithAbsence = true, IsOneAlone = true });

        Add("account.known", "flag", Essential, "The account had an earlier attempt in the last 7 days.", "该账号最近 7 天内有过更早的尝试。");
        Add("account.age_days", "days", Essential, "Days since the account's first record that its log still holds, 0 to 7.", "距该账号日志中最早一条记录的天数，0 至 7。", 7);
        Add("account.new_device", "flag", Identifiers, "The account has earlier attempts, and this device is not its own: neither the one that it began on nor one that it used a day ago or earlier, or most attempts on it failed.", "该账号有过更早的尝试，而当前设备不属于该账号：既非其最初使用的设备，也非一天前已在使用的设备，或该设备上的尝试多数失败。");
        Add("account.new_network", "flag", Essential, "The account has earlier attempts, and this IP prefix is not its own: neither the one that it began on nor one that it used a day ago or earlier, or most attempts from it failed.", "该账号有过更早的尝试，而当前 IP 网段不属于该账号：既非其最初使用的网段，也非一天前已在使用的网段，或该网段上的尝试多数失败。");
        Add("step_up.passed_minutes", "minutes", Identifiers, "Minutes since the last captcha passed by the same account on the same device, or in the same IP prefix for an event without a device; unknown if there was none.", "距同一账号在同一设备上（事件无设备信息时为同一 IP 网段内）最近一次通过验证码的分钟数；没有则未知。", 7 * 24 * 60);
        Keep(Add("captcha.passed", "flag", Essential, "The gateway says that a captcha before this event was passed.", "网关告知本次事件前的验证码已通过。") with { AlwaysKnown = true });
        Keep(Add("captcha.failed", "flag", Essential, "The gateway says that a captcha before this event was failed.", "网关告知本次事件前的验证码未通过。") with { AlwaysKnown = true });
        Keep(Add("captcha.pending", "flag", Essential, "The gateway says that a captcha was shown and not answered yet.", "网关告知验证码已展示但尚未作答。") with { AlwaysKnown = true });
        Add("vendor.score", "points", Essential, "A vendor's risk score that the gateway passed in, 0 (no risk) to 1000 (certain).", "网关传入的第三方风险分，0（无风险）至 1000（确定有风险）。", 1000);
        Add("software.risk_tools", "categories", Software, "Number of the categories of risk tools found among software and processes.", "在已装软件与进程中发现的风险工具类别数。", BitOperations.PopCount((ulong)RiskToolCategories.All));
        Add("software.hook", "flag", Software, "A hooking framework was found.", "发现 Hook 框架。");
        Add("software.root", "flag", Software, "A tool that roots or jailbreaks the device was found.", "发现 Root 或越狱工具。");
        Add("software.multi_open", "flag", Software, "A tool that runs several copies of an app was found.", "发现应用多开工具。");
        Add("software.device_changer", "flag", Software, "A tool that forges device identifiers was found.", "发现改机工具。");
        Add("software.group_control", "flag", Software, "A tool that controls many phones at once was found.", "发现群控工具。");
        Add("software.auto_clicker", "flag", Software, "An automatic clicker or script player was found.", "发现自动点击或脚本工具。");
        Add("software.emulator", "flag", Software, "Software that only an emulator carries was found.", "发现模拟器特有的软件。");
        Add("software.cloud_phone", "flag", Software, "Software that only a cloud phone carries was found.", "发现云手机特有的软件。");
        Add("software.location_faker", "flag", Software, "A tool that forges the location was found.", "发现虚拟定位工具。");
        Add("software.packet_capture", "flag", Software, "A tool that captures or alters traffic was found.", "发现抓包或改包工具。");
        Add("software.vpn", "flag", Software, "A VPN or proxy app was found.", "发现 VPN 或代理应用。");
        Add("motion.samples", "samples", Motion, "Number of motion samples read.", "读取到的运动传感器采样数。", 1024);
        Add("motion.constant", "flag", Motion, "All motion samples are equal, which no device held by a person gives.", "所有运动采样值完全相同，真人手持设备不会如此。");
        Add("motion.zero", "flag", Motion, "All motion samples are zero: there is no sensor behind them.", "所有运动采样值均为零，背后没有真实传感器。");
        Add("motion.gravity_implausible", "flag", Motion, "The accelerometer's mean is far from the gravity of the earth.", "加速度均值与地球重力相差过大。");
        Add("consistency.tac_brand", "flag", Identifiers, "An IMEI was allocated to another maker than the brand or the model of the device.", "IMEI 的型号核准码所属厂商与设备的品牌或机型不一致。");
        Add("consistency.imei_makers", "flag", Identifiers, "The two IMEIs were allocated to different makers.", "两个 IMEI 的型号核准码分属不同厂商。");
        Add("consistency.imei_twins", "flag", Identifiers, "The two IMEIs are the same, which some unbranded phones do too.", "两个 IMEI 相同；部分杂牌手机也会如此。");
        Add("consistency.imei_invalid", "flag", Identifiers, "The check digit of an IMEI is wrong, which no modem reports.", "IMEI 校验位错误，真实基带不会上报此类值。");
        Add("consistency.imei_unassigned", "flag", Identifiers, "An IMEI begins with no reporting body that ever allocated to the market.", "IMEI 开头不属于任何向市场分配过号码的机构。");
        Add("consistency.meid_invalid", "flag", Identifiers, "The check digit or the regional code of the MEID is wrong.", "MEID 的校验位或区域码错误。");
        Add("consistency.oui_brand", "flag", Network, "The MAC address belongs to another phone maker than the brand or the model of the device.", "MAC 地址所属手机厂商与设备的品牌或机型不一致。");
        Add("consistency.model_brand", "flag", Essential, "The model is of another maker than the brand.", "机型所属厂商与品牌不一致。");
        Add("consistency.model_platform", "flag", Essential, "The model or the brand does not run the reported operating system.", "机型或品牌与上报的操作系统不符。");
        Add("consistency.model_os_version", "flag", Essential, "The version of the operating system is older than the model, or newer than the model can run.", "操作系统版本早于该机型的出厂版本，或超出该机型可升级的版本。");
        Add("consistency.emulator_model", "flag", Essential, "Model, brand or system build names an emulator, a virtual machine or a phone in a container.", "机型、品牌或系统版本号属于模拟器、虚拟机或容器手机。");
        Add("consistency.low_entropy_identifier", "flag", Identifiers, "ANDROID_ID, GUID or IDFV has digits that no random source gives: few distinct ones, repeated ones or counting runs.", "ANDROID_ID、GUID 或 IDFV 的数字分布不可能来自随机生成：数字种类过少、重复或递增递减。");
        Add("consistency.low_entropy_oaid", "flag", Advertising, "The OAID has digits that no random source gives: few distinct ones, repeated ones or counting runs.", "OAID 的数字分布不可能来自随机生成：数字种类过少、重复或递增递减。");
        Add("consistency.iccid_imsi_country", "flag", Sim, "A card's issuer is of another country than its IMSI or country code, which some travel cards do too.", "SIM 卡发卡国家与其 IMSI 或国家码不一致；部分旅行卡也会如此。");
        Add("consistency.iccid_imsi_operator", "flag", Sim, "A card's issuer is another operator than its IMSI or network code.", "SIM 卡发卡运营商与其 IMSI 或网络码不一致。");
        Add("consistency.imsi_network_code", "flag", Sim, "A card's IMSI begins with other codes than the country and network code reported beside it.", "SIM 卡的 IMSI 开头与同时上报的国家码、网络码不一致。");
        Add("consistency.network_unassigned", "flag", Sim, "A card names a network that was never assigned.", "SIM 卡所属网络从未被分配。");
        Keep(Add("consistency.violations", "checks", Essential, "Number of the checks of the signals against each other that failed, device.platform_conflict among them; 0 where none could be made.", "各信号互相校验中未通过的项数，包含 device.platform_conflict；无法校验时为 0。", CheckFeatures.Violations) with { AlwaysKnown = true, FallsWithAbsence = true });
        Add("network.sim_country_differs", "flag", Sim, "A card is of another country than the client's address: travel, a VPN or a forged card.", "SIM 卡所属国家与客户端 IP 所在国家不同：可能是出行、VPN 或伪造的卡。");
        Keep(Add("device.identifiers", "identifiers", Identifiers, "Number of usable identifiers that the device sent.", "设备上报的可用标识符数量。", 11) with { FallsWithAbsence = true });
        Add("device.platform_conflict", "flag", Identifiers, "Identifiers of iOS on Android, or the reverse.", "在 Android 上出现 iOS 标识符，或相反。");
        Keep(Add("device.android", "flag", Essential, "The device says that it runs Android.", "设备自称运行 Android。") with { AlwaysKnown = true });
        Keep(Add("device.ios", "flag", Essential, "The device says that it runs iOS.", "设备自称运行 iOS。") with { AlwaysKnown = true });
        Keep(Add("device.harmony", "flag", Essential, "The device says that it runs HarmonyOS.", "设备自称运行 HarmonyOS。") with { AlwaysKnown = true });
        KeepShared(Add("device.known", "flag", Identifiers, "The device had an earlier attempt in the last 7 days.", "该设备最近 7 天内有过更早的尝试。"));
        Add("device.confidence", "ratio", Identifiers, "Weight of the identifiers that were seen on this device before as a share of the weight of all that were sent, 0 to 1; 0 for a new device.", "此前已在该设备上出现过的标识符权重占所上报标识符总权重的比例，0 至 1；新设备为 0。");
        KeepShared(Add("device.new_identifiers", "identifiers", Identifiers, "Identifiers of the device that were never seen before, though the device is known.", "设备已知，但此前从未出现过的标识符数量。", 8));
        KeepShared(Add("device.foreign_identifiers", "identifiers", Identifiers, "Identifiers that were seen on other devices and never on this one.", "曾在其他设备上出现、却从未在该设备上出现过的标识符数量。", 8));
        KeepShared(Add("device.shared_identifiers", "identifiers", Identifiers, "Identifiers that were seen on more than 4 devices in the last 7 days.", "最近 7 天内在 4 台以上设备上出现过的标识符数量。", 8));
        KeepShared(Add("device.installs", "installations", Identifiers, "Different installations (ANDROID_ID or IDFV) on the device in the last 7 days, told apart by 6 bits each: at most as many as there were.", "最近 7 天内该设备上的不同安装实例数（按 AndroidID 或 IDFV，以 6 比特区分，不会多于实际数量）。", 63));
        KeepShared(Add("device.hardware", "identifiers", Identifiers, "Different IMEIs sent by the device in the last 7 days, told apart by 6 bits each: at most as many as there were.", "最近 7 天内该设备上报过的不同 IMEI 数（以 6 比特区分，不会多于实际数量）。", 63));
        Add("software.concealment", "flag", Software, "A tool that hides root, hooks or installed software from apps was found.", "发现隐藏 Root、Hook 或已装软件的工具。");
        Add("software.remote_control", "flag", Software, "A tool that lets another person drive the phone was found; common among honest users.", "发现可由他人远程操控手机的工具；正常用户也常使用。");
        Add("software.captcha_solver", "flag", Software, "A tool that has captchas solved by paid people or programs was found.", "发现打码（代答验证码）工具。");
        Add("software.motion_faker", "flag", Software, "A tool that forges the motion sensors was found.", "发现伪造运动传感器的工具。");
        Add("software.proxy_changer", "flag", Software, "A tool that changes the public address on demand was found.", "发现可随意切换公网 IP（秒拨）的工具。");
        Add("device.emulator_identifier", "flag", Identifiers, "An identifier of the device is one that only emulators give out by default.", "设备标识符为模拟器独有的默认值。");
        Add("network.emulator_identifier", "flag", Network, "The device's MAC address or its access point's is one that only emulators give out by default.", "设备或接入点的 MAC 地址为模拟器独有的默认值。");
        Add("sim.emulator_identifier", "flag", Sim, "An identifier of the SIM card is one that only emulators give out by default.", "SIM 卡标识符为模拟器独有的默认值。");
        KeepCohort(Add("cohort.surge", "ratio", Essential, "Registrations of devices of this model, system build and app version in the last 24 hours as a multiple of those in an average day of the six before, which counts as one at least; unknown where their log holds less than two days.", "同机型、同系统版本、同应用版本的设备最近 24 小时注册数与此前六天日均注册数（至少按 1 计）之比；其日志不足两天时未知。", 256));
        KeepCohort(Add("cohort.prefix_registrations", "registrations", Essential, "Registrations in the last 7 days by devices of this model, system build and app version from this IP prefix.", "最近 7 天内同机型、同系统版本、同应用版本的设备在该 IP 网段的注册数。", 256));
        KeepCohort(Add("cohort.prefix_share", "ratio", Essential, "Share of devices of this model, system build and app version in the registrations of the last 7 days from this IP prefix, of its last 256 attempts at most, 0 to 1; unknown without a registration.", "该 IP 网段最近 7 天（至多最近 256 次尝试）的注册中，同机型、同系统版本、同应用版本的设备所占比例，0 至 1；没有注册时未知。"));
        KeepCohort(Add("cohort.prefix_hours", "hours", Essential, "Different hours of the day (UTC+8) with a registration in the last 7 days by devices of this model, system build and app version from this IP prefix.", "最近 7 天内同机型、同系统版本、同应用版本的设备在该 IP 网段注册所覆盖的不同钟点数（北京时间）。", 24));
        KeepSimilar(Add("similar.registration_share", "ratio", Software, "Share of registrations in the attempts of the last 7 days by devices with like software, of the last 256 at most, 0 to 1.", "软件列表相似的设备最近 7 天（至多最近 256 次）的尝试中注册所占比例，0 至 1。"));
        KeepSimilar(Add("similar.device_share", "ratio", Software, "Different devices as a share of the attempts of the last 7 days by devices with like software, of the last 256 at most, 0 to 1: 1 where no device ever comes back.", "软件列表相似的设备最近 7 天（至多最近 256 次）的尝试中，不同设备数与尝试数之比，0 至 1；1 表示没有设备再次出现。"));
        KeepSimilar(Add("similar.active_hours", "hours", Software, "Different hours of the day (UTC+8) with an attempt in the last 7 days by devices with like software.", "最近 7 天内软件列表相似的设备有尝试的不同钟点数（北京时间）。", 24));
        KeepSimilar(Add("similar.registration_hours", "hours", Software, "Different hours of the day (UTC+8) with a registration in the last 7 days by devices with like software.", "最近 7 天内软件列表相似的设备有注册的不同钟点数（北京时间）。", 24));
        KeepSimilar(Add("similar.night_share", "ratio", Software, "Share of the hours from one to six at night (UTC+8) in the registrations of the last 7 days by devices with like software, of the last 256 attempts at most, 0 to 1; 0.21 for registrations around the clock.", "软件列表相似的设备最近 7 天（至多最近 256 次尝试）的注册中，凌晨 1 至 6 点（北京时间）所占比例，0 至 1；全天均匀注册时约为 0.21。"));
        KeepSimilar(Add("similar.cohort_share", "ratio", Software, "Share of devices with like software in the attempts of the last 24 hours by devices of this model, system build and app version, of the last 256 at most, 0 to 1.", "同机型、同系统版本、同应用版本的设备最近 24 小时（至多最近 256 次）的尝试中，软件列表相似的设备所占比例，0 至 1。"));
        KeepSimilar(Add("similar.prefix_registrations", "registrations", Software, "Registrations in the last 7 days by devices with like software from this IP prefix.", "最近 7 天内软件列表相似的设备在该 IP 网段的注册数。", 256));
        Add("motion.synthetic", "flag", Motion, "The motion samples are such as only a program gives: constant, zero, periodic, white noise, a random walk, without sensor noise, on too coarse a grid, or with a dead axis.", "运动采样只可能由程序生成：恒定、全零、周期性、白噪声、随机游走、没有传感器噪声、量化步长过粗，或某一轴毫无变化。");
        Add("motion.periodic", "flag", Motion, "The motion samples repeat themselves more exactly than a body can: a sine, a sawtooth, a recording in a loop.", "运动采样的重复程度超出人体可能：正弦、锯齿或循环播放的录制数据。");
        Add("motion.white_noise", "flag", Motion, "The motion samples are steady white noise, far stronger than a sensor's own.", "运动采样为平稳白噪声，且远强于传感器自身噪声。");
        Add("motion.random_walk", "flag", Motion, "The motion samples are a random walk, which no body that has mass moves along.", "运动采样为随机游走，有质量的物体不会如此运动。");
        Add("motion.noiseless", "flag", Motion, "The device moves all the time without any sensor noise: the samples come from a formula.", "设备持续运动却没有任何传感器噪声，采样值来自公式。");
        Add("motion.coarse", "flag", Motion, "The motion samples jump on a grid that is coarser than any sensor's.", "运动采样的量化步长比任何传感器都粗。");
        Add("motion.dead_axis", "flag", Motion, "One axis never changes by a bit while another one moves.", "某一轴的数值毫无变化，而另一轴在运动。");
        Add("motion.implausible_time", "flag", Motion, "The times of the motion samples run backwards, stand still or pass faster than sensors sample; a client's mistake as often as a program.", "运动采样的时间倒退、停滞或快于传感器的采样速度；可能是程序，也常是客户端的错误。");
        Add("motion.still", "flag", Motion, "The device lies still: it moves no more than its sensor's noise. Harmless.", "设备静置：变化不超过传感器噪声。无害。");
        Add("motion.tremor", "ratio", Motion, "Share of the movement that lies between 4 and 12 Hz, where hands tremble, 0 to 1.", "4 至 12 Hz（手部震颤频段）的运动能量占比，0 至 1。");
        Add("motion.gyroscope_mismatch", "flag", Motion, "The gyroscope and the accelerometer tell of different rotations.", "陀螺仪与加速度计反映的转动不一致。");
        Keep(Add("recording.matching_devices", "devices", Motion, "Other devices that sent the same motion recording in the last 7 days, told by at least two of its digests; for events without a device, other accounts.", "最近 7 天内发送过同一段运动录制数据（至少两个摘要相同）的其他设备数；事件无设备信息时按其他账号计。", RecordingMatches.MaxDevices) with { SharedSignal = SharedSignal.Recording, FallsWithAbsence = true });
        Add("account.new_install", "flag", Identifiers, "The account's earlier attempts came from other installations of the app (ANDROID_ID or IDFV, 6 bits of each) than this: neither the first one that it told nor one that it used a day ago or earlier.", "该账号此前的尝试来自其他应用安装实例（按 AndroidID 或 IDFV 的 6 比特区分）：当前实例既非其最初使用的，也非一天前已在使用的。");
        Add("account.new_sim", "flag", Sim, "The account's earlier attempts told SIM cards (6 bits of the ICCID of the first slot), and no card of this event is among them: neither the first one nor one of a day ago or earlier.", "该账号此前的尝试上报过 SIM 卡（首个卡槽 ICCID 的 6 比特），而当前各卡均不在其中：既非最初的卡，也非一天前已在使用的卡。");
        Add("account.new_country", "flag", Essential, "The address is of another country than the account's: neither the first one nor one of a day ago or earlier; unknown for addresses of data centres.", "IP 所在国家不属于该账号：既非其最初所在的国家，也非一天前已出现过的国家；数据中心的 IP 视为未知。");
        Keep(Add("account.countries_24h", "countries", Essential, "Distinct countries of the account's addresses in the last 24 hours, this one included, those of data centres left out.", "该账号最近 24 小时内 IP 所在的不同国家数（含本次，不含数据中心的 IP）。", WindowLimits.TailRecords) with { WindowSeconds = 86_400 });
        Keep(Add("account.networks_24h", "networks", Essential, "Distinct IP prefixes (IPv4 /24, IPv6 /48) of the account in the last 24 hours, this one included.", "该账号最近 24 小时内的不同 IP 网段数（IPv4 /24、IPv6 /48，含本次）。", WindowLimits.TailRecords) with { WindowSeconds = 86_400 });
        Add("account.impossible_travel", "flag", Essential, "Within an hour of this attempt, over Wi-Fi or cable, the account was used likewise in a country at least 900 km away, and this one is not the account's; unknown for data centres, mobile data and ways of access that are not told.", "本次尝试前后一小时内，该账号曾在相距至少 900 公里的另一国家（同样经 Wi-Fi 或有线网络）被使用，且当前国家不属于该账号；数据中心、移动数据或未告知接入方式时未知。");
        Keep(Add("ip.hosting", "flag", Essential, "The address is announced by a network that rents out machines: a cloud, a data centre, a VPN's exits.", "该 IP 由出租服务器的网络宣告：云、数据中心或 VPN 出口。") with { SharedSignal = SharedSignal.Network });
        Keep(Add("ip.country_known", "flag", Essential, "Public registers tell the country of the address.", "公开登记信息可得知该 IP 所在的国家。") with { AlwaysKnown = true });
        return all;
    }
}
