namespace KekeStar.Antifraud.Windows;

/// <summary>
/// What stands in the device field of the attempts in a device's own log: the upper 32 bits of the device, which tell
/// whose the log is as well as all 64 would, and 32 bits of evidence for labels (Decision/Labels).
/// </summary>
internal static class DeviceContext
{
    /// <summary>The bits that stand for the device.</summary>
    public const ulong DeviceMask = 0xFFFF_FFFF_0000_0000;

    /// <summary>Packs the evidence of an attempt.</summary>
    /// <param name="device">First 64 bits of the device's pseudonym; 0: no device.</param>
    /// <param name="evidence">The evidence.</param>
    public static ulong Pack(ulong device, uint evidence) => (device & DeviceMask) | evidence;

    /// <summary>The evidence of an attempt.</summary>
    public static uint Evidence(ulong packed) => (uint)packed;

    /// <summary>The same attempt without some of the evidence.</summary>
    public static ulong Without(ulong packed, uint evidence) => packed & ~(ulong)evidence;
}
