namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>
/// Beginnings of brand and system build that only emulators, containers and images for PCs have. Build.DISPLAY of a
/// development build begins with the name of its product.
/// </summary>
internal static class EmulatorNames
{
    private static readonly byte[][] Builds =
    [
        "sdk_gphone"u8.ToArray(), // AOSP device/generic/goldfish: images of the Android emulator.
        "sdk_phone"u8.ToArray(),
        "sdk_google"u8.ToArray(),
        "sdk-"u8.ToArray(), // The oldest ones: "sdk-eng 4.4.2".
        "google_sdk"u8.ToArray(),
        "full_x86"u8.ToArray(),
        "aosp_x86"u8.ToArray(), // AOSP build/target/product.
        "aosp_cf_"u8.ToArray(), // AOSP device/google/cuttlefish.
        "vbox86"u8.ToArray(), // Genymotion.
        "android_x86"u8.ToArray(), // Android-x86, on which most emulators for PCs are built.
        "bliss_x86"u8.ToArray(),
        "redroid"u8.ToArray(), // Android in a container.
        "lineage_waydroid"u8.ToArray(), // Waydroid.
        "waydroid"u8.ToArray(),
    ];

    private static readonly byte[][] Brands =
    [
        "generic_x86"u8.ToArray(), // AOSP: TARGET_DEVICE of the emulator's images.
        "generic_arm64"u8.ToArray(),
        "Android-x86"u8.ToArray(),
        "redroid"u8.ToArray(),
        "waydroid"u8.ToArray(),
        "Genymotion"u8.ToArray(),
    ];

    /// <summary>True if the system build is an emulator's.</summary>
    public static bool IsBuild(ReadOnlySpan<byte> osBuild) => BeginsWithAny(osBuild, Builds);

    /// <summary>True if the brand is an emulator's.</summary>
    public static bool IsBrand(ReadOnlySpan<byte> brand) => BeginsWithAny(brand, Brands);

    private static bool BeginsWithAny(ReadOnlySpan<byte> text, byte[][] beginnings)
    {
        foreach (var beginning in beginnings)
        {
            if (text.Length >= beginning.Length && System.Text.Ascii.EqualsIgnoreCase(text[..beginning.Length], beginning))
            {
                return true;
            }
        }

        return false;
    }
}
