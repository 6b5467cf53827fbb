namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>What a gang does.</summary>
internal enum GangKind
{
    /// <summary>Registers accounts on a shelf of phones behind a few access points, and sends messages from them.</summary>
    PhoneFarm,

    /// <summary>Registers accounts in emulators that run in a data centre.</summary>
    EmulatorFarm,

    /// <summary>Tries stolen passwords of other people's accounts from a few devices.</summary>
    CredentialStuffing,

    /// <summary>Sends messages by the clock from phones that share a network.</summary>
    MessageRing,
}
