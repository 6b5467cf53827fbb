using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Identity;

/// <summary>
/// Decides which device an event comes from: the one that a valid token names, else the one that its identifiers are
/// linked to (<see cref="DeviceLink"/>), else a new one, named by all of them.
/// </summary>
/// <remarks>
/// <para>
/// A device's name has 64 bits, as many as a window record holds of it; the rest of its pseudonym is zero. That two of
/// a hundred million devices share a name has a chance of 1 in 3,700 (birthday bound, n² / 2^65).
/// </para>
/// <para>
/// While keys are rotated a device has a name under either epoch. What is one device in the windows of the epoch that
/// goes must be one in those of the epoch that comes, so the other name is, in this order: the token's; what the other
/// epoch's logs call it; what its identifiers are called there, if they are what names it here; what is made of its name here.
/// </para>
/// </remarks>
internal static class DeviceResolver
{
    private const int EntityLength = 1 + Pseudonym.Length;

    /// <summary>
    /// Sets the device of an event, under every epoch. Final if a token names it, or if no identifier does; else that of a
    /// new device, to be replaced by <see cref="Link"/> where the identifiers are known.
    /// </summary>
    public static void Resolve(ScoreEvent scoreEvent)
    {
        var keys = scoreEvent.Keys;
        Pseudonym device = default, otherDevice = default;
        if (!scoreEvent.DeviceToken.IsEmpty && !DeviceTokens.TryOpen(keys, scoreEvent.DeviceToken, out device, out otherDevice))
        {
            scoreEvent.Drop(SignalTable.Request[ScoreRequest.DeviceTokenFieldNumber].NameIndex, DropCause.Malformed);
        }

        var newDevice = NewDevice(scoreEvent, isOther: false);
        var newOther = keys.Other is null ? default : NewDevice(scoreEvent, isOther: true);
        scoreEvent.IsDeviceNamed = !device.IsNone;
        scoreEvent.IsDeviceSettled = newDevice.IsNone || (!device.IsNone && (!otherDevice.IsNone || !keys.WritesOther));
        if (device.IsNone)
        {
            // A token from before a rotation names the device under the epoch before.
            device = otherDevice.IsNone || otherDevice == newOther ? newDevice : Carry(keys.Current, otherDevice);
        }

        if (otherDevice.IsNone && !device.IsNone && keys.Other is { } other)
        {
            otherDevice = device == newDevice ? newOther : Carry(other, device);
        }

        scoreEvent.Entity(EntitySlot.Device) = device;
        scoreEvent.OtherEntity(EntitySlot.Device) = otherDevice;
    }

    /// <summary>Settles the device with what the logs of the event's identifiers say.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="device">The device that they are linked to under the current epoch; 0: none is known.</param>
    /// <param name="otherDevice">The one that most speaks for under the other epoch; 0: none.</param>
    public static void Link(ScoreEvent scoreEvent, ulong device, ulong otherDevice)
    {
        scoreEvent.IsDeviceSettled = true;
        var keys = scoreEvent.Keys;
        var isKnown = scoreEvent.IsDeviceNamed || device != 0;
        if (!scoreEvent.IsDeviceNamed && device != 0)
        {
            var linked = new Pseudonym(device, 0);
            if (keys.Other is { } other && linked != scoreEvent.Entity(EntitySlot.Device))
            {
                scoreEvent.OtherEntity(EntitySlot.Device) = linked == NewDevice(scoreEvent, isOther: false)
                    ? NewDevice(scoreEvent, isOther: true)
                    : Carry(other, linked);
            }

            scoreEvent.Entity(EntitySlot.Device) = linked;
        }

        if (isKnown && otherDevice != 0)
        {
            scoreEvent.OtherEntity(EntitySlot.Device) = new Pseudonym(otherDevice, 0);
        }
    }

    private static Pseudonym Carry(KeyEpoch epoch, Pseudonym device)
    {
        // The kind Device is never that of an identifier, so that this meets no device made of those.
        Span<byte> input = stackalloc byte[EntityLength];
        WriteEntity(EntityKind.Device, device, input);
        return Name(epoch, input);
    }

    // All identifiers together, not the strongest one: where a cloned one kept the event from being linked, the clones'
    // names must differ.
    private static Pseudonym NewDevice(ScoreEvent scoreEvent, bool isOther)
    {
        Span<byte> input = stackalloc byte[EntityLength * IdentifierWeights.Count];
        var length = 0;
        for (var slot = EntitySlot.Imei; slot <= EntitySlot.Mac; slot++)
        {
            var entity = isOther ? scoreEvent.OtherEntity(slot) : scoreEvent.Entity(slot);
            if (IdentifierWeights.Of(slot) > 0 && !entity.IsNone)
            {
                WriteEntity(EntitySlot.Kind(slot), entity, input[length..]);
                length += EntityLength;
            }
        }

        return length == 0 ? default : Name(isOther ? scoreEvent.Keys.Other! : scoreEvent.Keys.Current, input[..length]);
    }

    private static void WriteEntity(EntityKind kind, Pseudonym entity, Span<byte> destination)
    {
        destination[0] = (byte)kind;
        entity.Write(destination[1..]);
    }

    private static Pseudonym Name(KeyEpoch epoch, ReadOnlySpan<byte> input) => new(epoch.Pseudonymise(EntityKind.Device, input).High, 0);
}
