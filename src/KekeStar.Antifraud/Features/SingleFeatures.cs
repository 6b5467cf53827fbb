using System.Numerics;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Features;

/// <summary>The features that are not counts in a window, in the order of <see cref="SingleFeature"/>.</summary>
internal static class SingleFeatures
{
    /// <summary>Number of these features.</summary>
    public const int Count = (int)SingleFeature.SimEmulatorIdentifier + 1;

    private const ConsentCategory Essential = ConsentCategory.Essential;
    private const ConsentCategory Software = ConsentCategory.Software;
    private const ConsentCategory Motion = ConsentCategory.Motion;
    private const ConsentCategory Identifiers = ConsentCategory.DeviceIdentifiers;
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
        return all;
    }
}
