using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Six bits of an identifier's pseudonym that every record carries, so that a log tells how many different ones its
/// events had. Enough to tell a few from one another, too little to know one again: two of different devices are alike
/// once in 63.
/// </summary>
internal static class DeviceMark
{
    /// <summary>Number of bits.</summary>
    public const int Bits = 6;

    /// <summary>The largest mark.</summary>
    public const byte Mask = (1 << Bits) - 1;

    // What an installation is known by, and what a device is. One identifier each and no second choice: whoever leaves it
    // out has no mark, instead of another one that looks like a second device.
    private static readonly int[] InstallSlots = [EntitySlot.AndroidId, EntitySlot.Idfv];

    /// <summary>The mark of an identifier; 0: it is absent.</summary>
    public static byte Of(Pseudonym identifier) => identifier.IsNone ? (byte)0 : (byte)(1 + (identifier.High % Mask));

    /// <summary>The mark of an event's installation: ANDROID_ID or IDFV.</summary>
    public static byte OfInstall(in EventView view)
    {
        foreach (var slot in InstallSlots)
        {
            if (!view.Entity(slot).IsNone)
            {
                return Of(view.Entity(slot));
            }
        }

        return 0;
    }

    /// <summary>The mark of an event's hardware: the IMEI.</summary>
    public static byte OfHardware(in EventView view) => Of(view.Entity(EntitySlot.Imei));

    /// <summary>The mark of an event's SIM card: the ICCID of the first slot.</summary>
    public static byte OfCard(in EventView view) => Of(view.Entity(EntitySlot.Iccid));
}
