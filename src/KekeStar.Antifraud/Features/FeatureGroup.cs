using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Features;

/// <summary>
/// Whose window log a windowed feature counts in; the part of its name before the dot. The order is that of the
/// catalogue and means nothing else.
/// </summary>
internal enum FeatureGroup
{
    /// <summary>The account.</summary>
    Account,

    /// <summary>The device, as the identity step resolved it.</summary>
    Device,

    /// <summary>The largest value over all of the device's identifiers.</summary>
    Identifier,

    /// <summary>IMEI.</summary>
    Imei,

    /// <summary>MEID.</summary>
    Meid,

    /// <summary>ANDROID_ID.</summary>
    AndroidId,

    /// <summary>OAID.</summary>
    Oaid,

    /// <summary>IDFA.</summary>
    Idfa,

    /// <summary>IDFV.</summary>
    Idfv,

    /// <summary>OpenUDID.</summary>
    OpenUdid,

    /// <summary>The app installation's GUID.</summary>
    Guid,

    /// <summary>Hardware serial number.</summary>
    Serial,

    /// <summary>The device's own MAC address.</summary>
    Mac,

    /// <summary>The access point.</summary>
    Bssid,

    /// <summary>The largest value over ICCID, IMSI and SIM serial number.</summary>
    Sim,

    /// <summary>The whole IP address.</summary>
    Ip,

    /// <summary>IPv4 /24 or IPv6 /48.</summary>
    IpPrefix,

    /// <summary>Model, operating system build and app version.</summary>
    Cohort,

    /// <summary>The larger value over the blocks of neighbouring IMEIs and serial numbers.</summary>
    SerialBlock,

    /// <summary>The larger value over the bands of the software list.</summary>
    Similar,

    /// <summary>The largest value over the digests of the motion recording.</summary>
    Recording,
}

/// <summary>Which group the window log of an entity feeds.</summary>
internal static class FeatureGroups
{
    /// <summary>Number of groups.</summary>
    public const int Count = (int)FeatureGroup.Recording + 1;

    /// <summary>The group of an entity's log.</summary>
    /// <param name="kind">The entity; one with a window log.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind has no window log.</exception>
    public static FeatureGroup Of(EntityKind kind) => kind switch
    {
        EntityKind.Account => FeatureGroup.Account,
        EntityKind.Device => FeatureGroup.Device,
        >= EntityKind.Imei and <= EntityKind.Bssid => FeatureGroup.Imei + (kind - EntityKind.Imei),
        EntityKind.Iccid or EntityKind.Imsi or EntityKind.SimSerial => FeatureGroup.Sim,
        EntityKind.Ip => FeatureGroup.Ip,
        EntityKind.IpPrefix => FeatureGroup.IpPrefix,
        EntityKind.Cohort => FeatureGroup.Cohort,
        EntityKind.ImeiBlock or EntityKind.SerialBlock => FeatureGroup.SerialBlock,
        EntityKind.Similar => FeatureGroup.Similar,
        EntityKind.Recording => FeatureGroup.Recording,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no window log."),
    };

    /// <summary>True for the logs over which <see cref="FeatureGroup.Identifier"/> takes the largest value.</summary>
    public static bool IsIdentifier(FeatureGroup group) => group is >= FeatureGroup.Imei and <= FeatureGroup.Mac;
}
