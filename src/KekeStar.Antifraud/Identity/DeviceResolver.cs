using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Identity;

/// <summary>
/// Decides which device an event comes from: the one that a valid token names, else the one that its identifiers are
/// linked to (<see cref="DeviceLink"/>), else a new one, named by all of them.
/// </summary>
/// <remarks>
/// A device's name has 64 bits, as many as a window record holds of it; the rest of its pseudonym is zero. That two of
/// a hundred million devices share a name has a chance of 1 in 3,700 (birthday bound, n² / 2^65).
/// </remarks>
internal static class DeviceResolver
{
    private const int EntityLength = 1 + Pseudonym.Length;

    /// <summary>
    /// Sets the device of an event, under every epoch: final if a token names it, or if no identifier does; else that of a
    /// new device, to be replaced by <see cref="Link"/> where the identifiers are known.
    /// </summary>
    public static void Resolve(ScoreEvent scoreEvent)
    {
        var keys = scoreEvent.Keys;
        scoreEvent.IsDeviceSettled = true;
        Pseudonym device = default, otherDevice = default;
        if (!scoreEvent.DeviceToken.IsEmpty && !DeviceTokens.TryOpen(keys, scoreEvent.DeviceToken, out device, out otherDevice))
        {
            scoreEvent.Drop(SignalTable.Request[ScoreRequest.DeviceTokenFieldNumber].NameIndex, DropCause.Malformed);
        }

        if (device.IsNone)
        {
            // A token from before a rotation names the device under the epoch before.
            device = otherDevice.IsNone ? NewDevice(scoreEvent) : Carry(keys.Current, otherDevice);
            scoreEvent.IsDeviceSettled = !otherDevice.IsNone || device.IsNone;
        }

        Set(scoreEvent, device, otherDevice);
    }

    /// <summary>Replaces the new device by the one that the event's identifiers are linked to.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="device">The device's name under the current epoch; 0: none is known.</param>
    public static void Link(ScoreEvent scoreEvent, ulong device)
    {
        scoreEvent.IsDeviceSettled = true;
        if (device != 0)
        {
            Set(scoreEvent, new Pseudonym(device, 0), default);
        }
    }

    private static void Set(ScoreEvent scoreEvent, Pseudonym device, Pseudonym otherDevice)
    {
        if (otherDevice.IsNone && !device.IsNone && scoreEvent.Keys.Other is { } other)
        {
            otherDevice = Carry(other, device);
        }

        scoreEvent.Entity(EntitySlot.Device) = device;
        scoreEvent.OtherEntity(EntitySlot.Device) = otherDevice;
    }

    /// <summary>
    /// Names a device of one epoch under another one: one name for one name, so that what is one device in the windows of
    /// the epoch that is going is one device in those of the epoch that is coming.
    /// </summary>
    private static Pseudonym Carry(KeyEpoch epoch, Pseudonym device)
    {
        // The kind Device is never that of an identifier, so that this meets no device made of those.
        Span<byte> input = stackalloc byte[EntityLength];
        WriteEntity(EntityKind.Device, device, input);
        return Name(epoch, input);
    }

    // All identifiers together, not the strongest one: where a cloned one kept the event from being linked, the clones'
    // names must differ.
    private static Pseudonym NewDevice(ScoreEvent scoreEvent)
    {
        Span<byte> input = stackalloc byte[EntityLength * IdentifierWeights.Count];
        var length = 0;
        for (var slot = EntitySlot.Imei; slot <= EntitySlot.Mac; slot++)
        {
            if (IdentifierWeights.Of(slot) > 0 && !scoreEvent.Entity(slot).IsNone)
            {
                WriteEntity(EntitySlot.Kind(slot), scoreEvent.Entity(slot), input[length..]);
                length += EntityLength;
            }
        }

        return length == 0 ? default : Name(scoreEvent.Keys.Current, input[..length]);
    }

    private static void WriteEntity(EntityKind kind, Pseudonym entity, Span<byte> destination)
    {
        destination[0] = (byte)kind;
        entity.Write(destination[1..]);
    }

    private static Pseudonym Name(KeyEpoch epoch, ReadOnlySpan<byte> input) => new(epoch.Pseudonymise(EntityKind.Device, input).High, 0);
}
