using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Identity;

/// <summary>
/// Decides which device an event comes from: the one that a valid token names, else the one of its strongest
/// identifier.
/// </summary>
internal static class DeviceResolver
{
    // Strongest first: what survives a reset before what does not. All of the category DEVICE_IDENTIFIERS: were an OAID,
    // IDFA or MAC address among them, whoever refuses that category would come from another device than before, which
    // is new to the account and one more to every count of devices, and score higher for refusing.
    private static readonly int[] SlotsByStrength =
    [
        EntitySlot.Imei, EntitySlot.Meid, EntitySlot.Imei2, EntitySlot.Serial, EntitySlot.AndroidId, EntitySlot.Idfv,
        EntitySlot.OpenUdid, EntitySlot.Guid,
    ];

    /// <summary>Sets the device of an event, under every epoch; none if the event says nothing that would tell one.</summary>
    public static void Resolve(ScoreEvent scoreEvent)
    {
        var keys = scoreEvent.Keys;
        Pseudonym device = default, otherDevice = default;
        if (!scoreEvent.DeviceToken.IsEmpty && !DeviceTokens.TryOpen(keys, scoreEvent.DeviceToken, out device, out otherDevice))
        {
            scoreEvent.Drop(SignalTable.Request[ScoreRequest.DeviceTokenFieldNumber].NameIndex, DropCause.Malformed);
        }

        var slot = StrongestSlot(scoreEvent);
        var (own, otherOwn) = slot < 0 ? default : OfIdentifier(scoreEvent, slot);
        if (device.IsNone && otherDevice.IsNone)
        {
            (device, otherDevice) = (own, otherOwn);
        }
        else if (keys.Other is { } other)
        {
            // A token from before the rotation names the device under one epoch only. Where it agrees with the
            // identifiers, so does the missing part; else that is made of the part that is there.
            if (otherDevice.IsNone)
            {
                otherDevice = device == own ? otherOwn : OfDevice(other, device);
            }
            else if (device.IsNone)
            {
                device = otherDevice == otherOwn ? own : OfDevice(keys.Current, otherDevice);
            }
        }

        scoreEvent.Entity(EntitySlot.Device) = device;
        scoreEvent.OtherEntity(EntitySlot.Device) = otherDevice;
    }

    private static int StrongestSlot(ScoreEvent scoreEvent)
    {
        foreach (var slot in SlotsByStrength)
        {
            if (!scoreEvent.Entity(slot).IsNone)
            {
                return slot;
            }
        }

        return -1;
    }

    private static (Pseudonym Device, Pseudonym Other) OfIdentifier(ScoreEvent scoreEvent, int slot)
    {
        var kind = EntitySlot.Kind(slot);
        return (
            Derive(scoreEvent.Keys.Current, kind, scoreEvent.Entity(slot)),
            scoreEvent.Keys.Other is { } other ? Derive(other, kind, scoreEvent.OtherEntity(slot)) : default);
    }

    // The kind Device is never that of an identifier, so that this meets no device made of one.
    private static Pseudonym OfDevice(KeyEpoch epoch, Pseudonym device) => Derive(epoch, EntityKind.Device, device);

    /// <summary>The device that an identifier tells.</summary>
    /// <param name="epoch">The key epoch of the pseudonyms.</param>
    /// <param name="kind">Kind of the identifier.</param>
    /// <param name="pseudonym">The identifier.</param>
    public static Pseudonym Derive(KeyEpoch epoch, EntityKind kind, Pseudonym pseudonym)
    {
        Span<byte> input = stackalloc byte[1 + Pseudonym.Length];
        input[0] = (byte)kind;
        pseudonym.Write(input[1..]);
        return epoch.Pseudonymise(EntityKind.Device, input);
    }
}
