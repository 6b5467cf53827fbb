using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Identity;

/// <summary>How much each identifier says about which device an event comes from.</summary>
/// <remarks>
/// Only identifiers of the consent category DEVICE_IDENTIFIERS have a weight. Did an OAID, IDFA or MAC address say which
/// device it is, whoever refuses that category would come from a device that is new to the account, and score higher for
/// refusing. The weights are ours: what survives a reset before what does not, and none that outweighs two others.
/// </remarks>
internal static class IdentifierWeights
{
    /// <summary>Most identifiers with a weight that an event can have.</summary>
    public const int Count = 8;

    private const int Hardware = 40;
    private const int SerialNumber = 35;
    private const int Installation = 40;
    private const int AppInstallation = 25;
    private const int Derived = 20;

    private static readonly int[] BySlot = MakeBySlot();

    /// <summary>Weight of the identifier in a slot; 0: it says nothing about the device.</summary>
    public static int Of(int slot) => BySlot[slot];

    /// <summary>True for what is part of the hardware and survives a reset, false for what an installation makes anew.</summary>
    public static bool IsHardware(int slot) => slot is EntitySlot.Imei or EntitySlot.Imei2 or EntitySlot.Meid or EntitySlot.Serial;

    /// <summary>True for what stays as long as the system or the vendor's apps are installed.</summary>
    public static bool IsOfInstallation(int slot) => slot is EntitySlot.AndroidId or EntitySlot.Idfv;

    private static int[] MakeBySlot()
    {
        var weights = new int[EntitySlot.Count];
        weights[EntitySlot.Imei] = Hardware;
        weights[EntitySlot.Imei2] = Hardware;
        weights[EntitySlot.Meid] = Hardware;
        weights[EntitySlot.Serial] = SerialNumber;
        weights[EntitySlot.AndroidId] = Installation;
        weights[EntitySlot.Idfv] = Installation;
        weights[EntitySlot.Guid] = AppInstallation;
        weights[EntitySlot.OpenUdid] = Derived;
        return weights;
    }
}
