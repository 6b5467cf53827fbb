using System.Text;

namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// Values that identify nobody: words for "there is none", and identifiers known to be shared by many devices. They
/// would link strangers, so they are dropped. Only values that systems, emulators and vendors really give out are
/// listed; an example value from a document that a fraudster may type in is left in, since it links fraudsters.
/// </summary>
internal static class NullValues
{
    // Longer texts are not compared with the words at all.
    private const int LongestWord = 13;

    // What Android (Build.UNKNOWN), iOS bridges, JavaScript, Java and C put where there is no value.
    private static readonly byte[][] Words =
    [
        "unknown"u8.ToArray(), "null"u8.ToArray(), "(null)"u8.ToArray(), "<null>"u8.ToArray(), "nil"u8.ToArray(),
        "(nil)"u8.ToArray(), "none"u8.ToArray(), "undefined"u8.ToArray(), "nan"u8.ToArray(), "n/a"u8.ToArray(),
        "na"u8.ToArray(), "empty"u8.ToArray(), "default"u8.ToArray(), "android"u8.ToArray(), "invalid"u8.ToArray(),
        "error"u8.ToArray(), "false"u8.ToArray(), "true"u8.ToArray(), "disabled"u8.ToArray(), "unavailable"u8.ToArray(),
        "unsupported"u8.ToArray(), "not available"u8.ToArray(), "not supported"u8.ToArray(), "not_found"u8.ToArray(),
        "0"u8.ToArray(), "-1"u8.ToArray(), "-"u8.ToArray(),
    ];

    // First 14 digits. Those without a note of their own stand, as shared by many devices, in the lists of invalid phone
    // ids that several public mobile analytics and advertising SDKs carry (OneSignal's Android SDK, MIT, among them).
    private static readonly byte[][] Imeis =
    [
        "00499901064000"u8.ToArray(), // 004999010640000: default of Samsung and Intel modems that lost their calibration.
        "01234567890123"u8.ToArray(), // 012345678901237 and ...234: unprogrammed modems.
        "01234567891234"u8.ToArray(), // 012345678912345: the same; VirusTotal's and other sandboxes.
        "12345678901234"u8.ToArray(), // 123456789012345: clones sold without an own number.
        "12345678912345"u8.ToArray(),
        "35200504824725"u8.ToArray(),
        "86228001059952"u8.ToArray(),
        "35519500000001"u8.ToArray(),
        "00106800000000"u8.ToArray(),
        "35867301379589"u8.ToArray(),
        "35569254769308"u8.ToArray(),
        "00440015202000"u8.ToArray(),
        "11345679894545"u8.ToArray(),
        "01237900077288"u8.ToArray(),
        "35870104290975"u8.ToArray(),
        "35800004365413"u8.ToArray(),
        "34563000000011"u8.ToArray(),
        "35629904658776"u8.ToArray(),
        "35659100000022"u8.ToArray(),
        "88508850885050"u8.ToArray(),
        "52443443484950"u8.ToArray(),
        "85525027175943"u8.ToArray(), // 8552502717594321: 16 digits.
        "35793200154770"u8.ToArray(), // This and the next five: exclusion lists of OpenUDID libraries for Android.
        "35711604211912"u8.ToArray(),
        "99000027748054"u8.ToArray(),
        "A000002FCBAF13"u8.ToArray(),
        "A0000030FCB9DF"u8.ToArray(),
        "0123456789ABCD"u8.ToArray(), // 0123456789abcde: a MEID and its check digit's place.
    ];

    private static readonly byte[][] AndroidIds =
    [
        "9774d56d682e549c"u8.ToArray(), // Android 2.2 on many devices: Android issue 10603.
        "0123456789abcdef"u8.ToArray(),
        "000000dead00beef"u8.ToArray(), // Early vendor images; excluded, like the first, by a public analytics SDK.
        "a5f5faddde9e9f02"u8.ToArray(), // This and the next: excluded by public device-id and advertising SDKs as shared.
        "8e17f7422b35fbea"u8.ToArray(),
    ];

    private static readonly byte[][] Macs =
    [
        "020000000000"u8.ToArray(), // What Android 6 and later, and iOS 7 and later, give to apps without permission.
    ];

    private static readonly byte[][] Bssids =
    [
        "020000000000"u8.ToArray(), // The same without location permission.
        "0180c2000003"u8.ToArray(), // "WiredSSID": wpa_supplicant's wired driver in x86 images and emulators built on them.
    ];

    private static readonly byte[][] Serials =
    [
        "0123456789ABCDEF"u8.ToArray(), // Default of MediaTek and many unbranded boards.
        "0123456789ABCDE"u8.ToArray(),
        "1234567890ABCDEF"u8.ToArray(),
        "0123456789"u8.ToArray(),
        "1234567890"u8.ToArray(),
        "123456789"u8.ToArray(),
        "12345678"u8.ToArray(),
        "123456"u8.ToArray(),
        "1234"u8.ToArray(),
    ];

    private static ReadOnlySpan<byte> EmptySubscriber => "000000000"u8;

    /// <summary>True for an empty text and for a word that stands for "none", in either case.</summary>
    /// <param name="text">The trimmed text.</param>
    internal static bool IsPlaceholder(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length > LongestWord)
        {
            return false;
        }

        foreach (var word in Words)
        {
            if (Ascii.EqualsIgnoreCase(text, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells an identifier that many devices share from one that may be a device's own.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="normalised">The normal form.</param>
    /// <returns>EmulatorDefault, NullValue, or Ok for one that is not known to be shared.</returns>
    internal static NormaliseStatus Judge(EntityKind kind, ReadOnlySpan<byte> normalised) =>
        EmulatorDefaults.Contains(kind, normalised) ? NormaliseStatus.EmulatorDefault
        : IsShared(kind, normalised) ? NormaliseStatus.NullValue
        : NormaliseStatus.Ok;

    /// <summary>True if the table holds the value.</summary>
    internal static bool Holds(byte[][] table, ReadOnlySpan<byte> normalised)
    {
        foreach (var value in table)
        {
            if (normalised.SequenceEqual(value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsShared(EntityKind kind, ReadOnlySpan<byte> normalised) =>
        !normalised.ContainsAnyExcept(normalised[0])
        || kind switch
        {
            EntityKind.Imei or EntityKind.Meid => Holds(Imeis, normalised),

            // Apps without an OAID fill in the ANDROID_ID.
            EntityKind.AndroidId or EntityKind.Oaid => Holds(AndroidIds, normalised),

            EntityKind.Mac => Holds(Macs, normalised),
            EntityKind.Bssid => Holds(Bssids, normalised),
            EntityKind.Serial or EntityKind.SimSerial => Holds(Serials, normalised),

            // 460000000000000 and the like: no subscriber number.
            EntityKind.Imsi => normalised.EndsWith(EmptySubscriber),
            _ => false,
        };
}
