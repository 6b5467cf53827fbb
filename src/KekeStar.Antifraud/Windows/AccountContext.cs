namespace KekeStar.Antifraud.Windows;

/// <summary>
/// What stands in the account field of the records of an account's own log, where the account itself would say
/// nothing: 32 bits of the network and 32 bits of the set of the event's entities.
/// </summary>
internal static class AccountContext
{
    /// <summary>Packs network and entity set.</summary>
    public static ulong Pack(ulong network, uint entitySet) => (network & 0xFFFF_FFFF_0000_0000) | entitySet;

    /// <summary>The network's 32 bits; 0: no network.</summary>
    public static uint Network(ulong packed) => (uint)(packed >> 32);

    /// <summary>The entity set's 32 bits.</summary>
    public static uint EntitySet(ulong packed) => (uint)packed;

    /// <summary>The same network with another entity set.</summary>
    public static ulong WithEntitySet(ulong packed, uint entitySet) => (packed & 0xFFFF_FFFF_0000_0000) | entitySet;
}
