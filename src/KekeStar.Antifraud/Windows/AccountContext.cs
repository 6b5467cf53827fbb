using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// What stands in the account field of the records of an account's own log, where the account itself would say
/// nothing. From the highest bit on: 21 bits of the network, 10 of the address's country, one that says whether the
/// country is where the person is, 32 of the set of the event's entities.
/// </summary>
internal static class AccountContext
{
    private const int PlaceShift = 32;
    private const int CountryShift = PlaceShift + 1;
    private const int CountryBits = 10;
    private const int NetworkShift = CountryShift + CountryBits;
    private const ulong CountryMask = (1UL << CountryBits) - 1;
    private const ulong PlaceFlag = 1UL << PlaceShift;

    /// <summary>Packs what is known of an attempt.</summary>
    /// <param name="network">64 bits of the network; 0: no network.</param>
    /// <param name="address">What is known of the address.</param>
    /// <param name="access">How the device reaches the network.</param>
    /// <param name="entitySet">32 bits of the entity set.</param>
    public static ulong Pack(ulong network, in AddressFacts address, AccessType access, uint entitySet)
    {
        // A data centre's country is a server's, and a VPN's exit is one.
        var country = address.IsHosting ? CountryCode.Unknown : address.Country;

        // Mobile data comes out at home while its user is abroad; nothing else does by itself.
        var isPlace = country.IsKnown && access is (AccessType.Wifi or AccessType.Ethernet);
        return (NetworkBits(network) << NetworkShift)
            | ((ulong)country.Value << CountryShift)
            | (isPlace ? PlaceFlag : 0)
            | entitySet;
    }

    /// <summary>The network's bits; 0: no network.</summary>
    public static uint Network(ulong packed) => (uint)(packed >> NetworkShift);

    /// <summary>The country of the address; unknown for a data centre's.</summary>
    public static CountryCode Country(ulong packed) => new((ushort)((packed >> CountryShift) & CountryMask));

    /// <summary>True if the person was in that country: neither roaming mobile data nor a way of access that is not known.</summary>
    public static bool IsPlace(ulong packed) => (packed & PlaceFlag) != 0;

    /// <summary>The entity set's 32 bits.</summary>
    public static uint EntitySet(ulong packed) => (uint)packed;

    /// <summary>The same attempt with another entity set.</summary>
    public static ulong WithEntitySet(ulong packed, uint entitySet) => (packed & 0xFFFF_FFFF_0000_0000) | entitySet;

    // 0 is for no network: a network whose bits are all 0 borrows the next number.
    private static ulong NetworkBits(ulong network) => network == 0 ? 0 : Math.Max(1, network >> NetworkShift);
}
