namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// Identifiers that emulators give out by default and phones do not. They identify nobody, but say that the device is an
/// emulator. Values that phones without a programmed identifier give out as well (an IMEI of zeros, 012345678912345,
/// serial number 0123456789ABCDEF, access point "WiredSSID") are not here but in <see cref="NullValues"/>: they prove
/// nothing.
/// </summary>
internal static class EmulatorDefaults
{
    // First 14 digits.
    private static readonly byte[][] Imeis =
    [
        "35824005111111"u8.ToArray(), // 358240051111110: Android emulator since API 28, model "AOSP on IA Emulator".
        "86740002204719"u8.ToArray(), // 867400022047199: modem simulator of AOSP (reference radio HAL, Cuttlefish, emulator since API 33).
    ];

    private static readonly byte[][] AndroidIds =
    [
        "e21833235b6eef10"u8.ToArray(), // VirusTotal's emulator; in the emulator checks of many SDKs.
    ];

    private static readonly byte[][] Macs =
    [
        "0215b2000000"u8.ToArray(), // wlan0 of the Android emulator: hwsim's prefix.
        "020000445566"u8.ToArray(), // wlan0 of the Android emulator, API 26 to 28.
    ];

    private static readonly byte[][] Bssids =
    [
        "00131085fe01"u8.ToArray(), // "AndroidWifi" of the Android emulator since API 29.
        "020000000100"u8.ToArray(), // The same, API 26 to 28.
        "0215b2000100"u8.ToArray(), // The same, API 28 and 29.
        "0215b2000000"u8.ToArray(), // Default access point of the emulator's network simulator.
    ];

    // Without what Iccid cuts off as check digits.
    private static readonly byte[][] Iccids =
    [
        "890141032111185107"u8.ToArray(), // 89014103211118510720: Android emulator, to API 32.
        "8986031864022013389"u8.ToArray(), // 89860318640220133897: modem simulator of AOSP, iccprofile_for_sim0.xml.
    ];

    private static readonly byte[][] Imsis =
    [
        "310260000000000"u8.ToArray(), // Android emulator, to API 32: T-Mobile US without a subscriber.
        "460110031689666"u8.ToArray(), // Modem simulator of AOSP, first profile.
        "311740123456789"u8.ToArray(), // Modem simulator of AOSP, profile "TelAlaska".
    ];

    /// <summary>True for a value that only emulators give out.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="normalised">The normal form.</param>
    internal static bool Contains(EntityKind kind, ReadOnlySpan<byte> normalised) => kind switch
    {
        EntityKind.Imei => NullValues.Holds(Imeis, normalised),
        EntityKind.AndroidId => NullValues.Holds(AndroidIds, normalised),
        EntityKind.Mac => NullValues.Holds(Macs, normalised),
        EntityKind.Bssid => NullValues.Holds(Bssids, normalised),

        // The Android emulator's serial number is made of its version (EMULATOR34X1X9X0), Cuttlefish's of its instance.
        EntityKind.Serial => normalised.StartsWith("EMULATOR"u8) || normalised.StartsWith("CUTTLEFISHCVD"u8),
        EntityKind.Iccid or EntityKind.SimSerial => NullValues.Holds(Iccids, normalised),
        EntityKind.Imsi => NullValues.Holds(Imsis, normalised),
        _ => false,
    };
}
