namespace KekeStar.Antifraud.Intake.RiskTools;

/// <summary>The names of the categories in risk-tools.tsv.</summary>
internal static class RiskToolCategoryName
{
    /// <summary>Reads one name.</summary>
    /// <param name="name">Lower case with underscores.</param>
    /// <returns>The category, or <see cref="RiskToolCategory.None"/> for an unknown name.</returns>
    internal static RiskToolCategory Parse(ReadOnlySpan<char> name) => name switch
    {
        "hook_framework" => RiskToolCategory.HookFramework,
        "root_manager" => RiskToolCategory.RootManager,
        "concealment" => RiskToolCategory.Concealment,
        "multi_open" => RiskToolCategory.MultiOpen,
        "virtual_system" => RiskToolCategory.VirtualSystem,
        "device_changer" => RiskToolCategory.DeviceChanger,
        "group_control" => RiskToolCategory.GroupControl,
        "remote_control" => RiskToolCategory.RemoteControl,
        "auto_clicker" => RiskToolCategory.AutoClicker,
        "captcha_solver" => RiskToolCategory.CaptchaSolver,
        "emulator" => RiskToolCategory.Emulator,
        "cloud_phone" => RiskToolCategory.CloudPhone,
        "location_faker" => RiskToolCategory.LocationFaker,
        "motion_faker" => RiskToolCategory.MotionFaker,
        "packet_capture" => RiskToolCategory.PacketCapture,
        "proxy_changer" => RiskToolCategory.ProxyChanger,
        "vpn" => RiskToolCategory.Vpn,
        "jailbreak" => RiskToolCategory.Jailbreak,
        _ => RiskToolCategory.None,
    };
}
