using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Features;

/// <summary>The counts in windows: every group with every metric and every window.</summary>
internal static class WindowedFeatures
{
    /// <summary>Number of windowed features.</summary>
    public const int Count = FeatureGroups.Count * WindowMetrics.Count * WindowLengths.Count;

    /// <summary>What is said once per group, in the order of <see cref="FeatureGroup"/>.</summary>
    public static readonly IReadOnlyList<GroupFacts> Groups =
    [
        new("account", ConsentCategory.Essential, SharedSignal.None, "the account", "该账号"),
        new("device", ConsentCategory.DeviceIdentifiers, SharedSignal.Device, "the device", "该设备"),
        new(
            "identifier",
            ConsentCategory.DeviceIdentifiers,
            SharedSignal.Device,
            "one of the device's identifiers (the largest value over all of them)",
            "该设备的任一标识符（取各标识符中的最大值）"),
        new("imei", ConsentCategory.DeviceIdentifiers, SharedSignal.Device, "the IMEI", "该 IMEI"),
        new("meid", ConsentCategory.DeviceIdentifiers, SharedSignal.Device, "the MEID", "该 MEID"),
        new("android_id", ConsentCategory.DeviceIdentifiers, SharedSignal.Device, "the ANDROID_ID", "该 AndroidID"),
        new("oaid", ConsentCategory.AdvertisingIdentifiers, SharedSignal.Device, "the OAID", "该 OAID"),
        new("idfa", ConsentCategory.AdvertisingIdentifiers, SharedSignal.Device, "the IDFA", "该 IDFA"),
        new("idfv", ConsentCategory.DeviceIdentifiers, SharedSignal.Device, "the IDFV", "该 IDFV"),
        new("open_udid", ConsentCategory.DeviceIdentifiers, SharedSignal.Device, "the OpenUDID", "该 OpenUDID"),
        new("guid", ConsentCategory.DeviceIdentifiers, SharedSignal.Device, "the installation's GUID", "该安装实例的 GUID"),
        new("serial", ConsentCategory.DeviceIdentifiers, SharedSignal.Device, "the hardware serial number", "该硬件序列号"),
        new("mac", ConsentCategory.NetworkIdentifiers, SharedSignal.Device, "the device's MAC address", "该设备的 MAC 地址"),
        new("bssid", ConsentCategory.NetworkIdentifiers, SharedSignal.AccessPoint, "the access point", "该无线接入点"),
        new(
            "sim",
            ConsentCategory.Sim,
            SharedSignal.Sim,
            "one of the SIM cards (the largest value over ICCID, IMSI and SIM serial number)",
            "任一 SIM 卡（取 ICCID、IMSI、SIM 序列号中的最大值）"),
        new("ip", ConsentCategory.Essential, SharedSignal.Network, "the IP address", "该 IP 地址"),
        new("ip_prefix", ConsentCategory.Essential, SharedSignal.Network, "the IP prefix (IPv4 /24, IPv6 /48)", "该 IP 网段（IPv4 /24、IPv6 /48）"),
        new(
            "cohort",
            ConsentCategory.Essential,
            SharedSignal.Cohort,
            "devices of this model, system build and app version",
            "同机型、同系统版本、同应用版本的设备"),
        new(
            "serial_block",
            ConsentCategory.DeviceIdentifiers,
            SharedSignal.Device,
            "devices whose IMEI or serial number is the device's own but for the last three characters (the larger value of the two)",
            "IMEI 或序列号与该设备仅末三位不同的设备（取两者中的较大值）"),
        new(
            "similar",
            ConsentCategory.Software,
            SharedSignal.Similarity,
            "devices of this model, system build and app version with like software (the larger value over two samples of the list)",
            "同机型、同系统版本、同应用版本且软件列表相似的设备（取列表两个抽样中的较大值）"),
        new(
            "recording",
            ConsentCategory.Motion,
            SharedSignal.Recording,
            "this motion recording (the largest value over its digests)",
            "该运动传感器录制数据（取其各摘要中的最大值）"),
    ];

    /// <summary>What is said once per metric, in the order of <see cref="WindowMetric"/>.</summary>
    public static readonly IReadOnlyList<MetricFacts> Metrics =
    [
        new("events", "events", "Attempts of any scene", "各场景的尝试次数"),
        new("registrations", "registrations", "Attempts to register", "注册尝试次数"),
        new("accounts", "accounts", "Distinct accounts among the attempts", "尝试涉及的不同账号数"),
        new("devices", "devices", "Distinct devices among the attempts", "尝试涉及的不同设备数"),
        new("failures", "failures", "Failed logins and failed captchas", "登录失败与验证码失败次数"),
        new("harassment", "reports", "Confirmed cases of harassment", "已确认的骚扰次数"),
        new("failed_accounts", "accounts", "Distinct accounts among the failed logins", "登录失败涉及的不同账号数"),
        new(
            "regularity",
            "ratio",
            "Evenness of the time between attempts, 0 (by chance) to 1 (like a clock), unknown below 6 attempts,",
            "尝试间隔的规律性（0 为随机，1 为完全等间隔；少于 6 次尝试时未知）"),
    ];

    /// <summary>Index of a windowed feature in the catalogue.</summary>
    public static int Index(FeatureGroup group, WindowMetric metric, WindowLength window) =>
        ((((int)group * WindowMetrics.Count) + (int)metric) * WindowLengths.Count) + (int)window;

    /// <summary>Describes one windowed feature.</summary>
    public static Feature Describe(FeatureGroup group, WindowMetric metric, WindowLength window)
    {
        var groupFacts = Groups[(int)group];
        var metricFacts = Metrics[(int)metric];
        return new Feature(
            Index(group, metric, window),
            $"{groupFacts.Name}.{metricFacts.Name}_{WindowLengths.Name(window)}",
            metricFacts.Unit,
            WindowLengths.Seconds(window),
            groupFacts.Consent,
            groupFacts.SharedSignal,
            $"{metricFacts.English} of {groupFacts.English} in the last {WindowLengths.English(window)}.",
            $"最近 {WindowLengths.Chinese(window)}内{groupFacts.Chinese}的{metricFacts.Chinese}。")
        {
            // A user who refuses identifiers is no device to anybody's count, and one who refuses some of them has
            // a smaller largest value.
            FallsWithAbsence = metric == WindowMetric.Devices || group is FeatureGroup.Identifier or FeatureGroup.Sim or >= FeatureGroup.SerialBlock,
            Maximum = metric == WindowMetric.Regularity ? 1 : WindowLimits.TailRecords,
        };
    }

    /// <summary>What the features of one group share.</summary>
    internal sealed record GroupFacts(string Name, ConsentCategory Consent, SharedSignal SharedSignal, string English, string Chinese);

    /// <summary>What the features of one metric share.</summary>
    internal sealed record MetricFacts(string Name, string Unit, string English, string Chinese);
}
