namespace KekeStar.Antifraud.Intake;

/// <summary>
/// What a pseudonym stands for. The number is hashed into every pseudonym and stands in every store key,
/// so a member is never renumbered and a number never used again.
/// </summary>
public enum EntityKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The app's account.</summary>
    Account = 1,

    /// <summary>The device, as the identity step resolved it.</summary>
    Device = 2,

    /// <summary>IMEI without its check digit or software version (3GPP TS 23.003).</summary>
    Imei = 3,

    /// <summary>MEID without its check digit (3GPP2 S.R0048-A).</summary>
    Meid = 4,

    /// <summary>Android's Settings.Secure.ANDROID_ID.</summary>
    AndroidId = 5,

    /// <summary>Open device identifier of the Mobile Security Alliance.</summary>
    Oaid = 6,

    /// <summary>Apple's identifier for advertisers.</summary>
    Idfa = 7,

    /// <summary>Apple's identifier for vendors.</summary>
    Idfv = 8,

    /// <summary>OpenUDID.</summary>
    OpenUdid = 9,

    /// <summary>The app installation's GUID.</summary>
    Guid = 10,

    /// <summary>Hardware serial number.</summary>
    Serial = 11,

    /// <summary>The device's own MAC address (EUI-48).</summary>
    Mac = 12,

    /// <summary>The access point's MAC address.</summary>
    Bssid = 13,

    /// <summary>SIM card number (ITU-T E.118).</summary>
    Iccid = 14,

    /// <summary>Subscriber identity (ITU-T E.212).</summary>
    Imsi = 15,

    /// <summary>SIM serial number.</summary>
    SimSerial = 16,

    /// <summary>The client's whole IP address.</summary>
    Ip = 17,

    /// <summary>The client's IPv4 /24 or IPv6 /48.</summary>
    IpPrefix = 18,

    /// <summary>Devices of one model, operating system build and app version.</summary>
    Cohort = 19,

    /// <summary>The event itself, by its event id.</summary>
    Event = 20,

    /// <summary>The tag of a device token; never a store key.</summary>
    DeviceToken = 21,

    /// <summary>A block of 1,000 neighbouring IMEIs: the IMEI without its last three digits.</summary>
    ImeiBlock = 22,

    /// <summary>A block of neighbouring serial numbers: the serial number without its last three characters.</summary>
    SerialBlock = 23,

    /// <summary>Devices of one model, build and app version with like software: one band of the list's MinHash.</summary>
    Similar = 24,

    /// <summary>A recording of the motion sensor, by one of its digests.</summary>
    Recording = 25,
}
