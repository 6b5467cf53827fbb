namespace KekeStar.Antifraud.Intake;

/// <summary>The places that an event has for entities; one pseudonym each, or none.</summary>
internal static class EntitySlot
{
    public const int Account = 0;
    public const int Device = 1;
    public const int Imei = 2;
    public const int Imei2 = 3;
    public const int Meid = 4;
    public const int AndroidId = 5;
    public const int Oaid = 6;
    public const int Idfa = 7;
    public const int Idfv = 8;
    public const int OpenUdid = 9;
    public const int Guid = 10;
    public const int Serial = 11;
    public const int Mac = 12;
    public const int Bssid = 13;
    public const int Iccid = 14;
    public const int Iccid2 = 15;
    public const int Imsi = 16;
    public const int Imsi2 = 17;
    public const int SimSerial = 18;
    public const int SimSerial2 = 19;
    public const int Ip = 20;
    public const int IpPrefix = 21;
    public const int Cohort = 22;
    public const int ImeiBlock = 23;
    public const int SerialBlock = 24;
    public const int Similar = 25;
    public const int Similar2 = 26;
    public const int Recording = 27;

    /// <summary>Number of slots.</summary>
    public const int Count = Recording + RecordingCount;

    /// <summary>Slots for the bands of one software list.</summary>
    public const int SimilarCount = 2;

    /// <summary>Slots for the digests of one recording.</summary>
    public const int RecordingCount = 8;

    private static readonly EntityKind[] KindBySlot =
    [
        EntityKind.Account, EntityKind.Device, EntityKind.Imei, EntityKind.Imei, EntityKind.Meid, EntityKind.AndroidId,
        EntityKind.Oaid, EntityKind.Idfa, EntityKind.Idfv, EntityKind.OpenUdid, EntityKind.Guid, EntityKind.Serial,
        EntityKind.Mac, EntityKind.Bssid, EntityKind.Iccid, EntityKind.Iccid, EntityKind.Imsi, EntityKind.Imsi,
        EntityKind.SimSerial, EntityKind.SimSerial, EntityKind.Ip, EntityKind.IpPrefix, EntityKind.Cohort,
        EntityKind.ImeiBlock, EntityKind.SerialBlock, EntityKind.Similar, EntityKind.Similar,
        EntityKind.Recording, EntityKind.Recording, EntityKind.Recording, EntityKind.Recording,
        EntityKind.Recording, EntityKind.Recording, EntityKind.Recording, EntityKind.Recording,
    ];

    /// <summary>What stands in a slot.</summary>
    public static EntityKind Kind(int slot) => KindBySlot[slot];
}
