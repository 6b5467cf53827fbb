using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Identity;

/// <summary>
/// Decides which device an event comes from: the one that a valid token names, else the one of its strongest
/// identifier.
/// </summary>
internal sealed class DeviceResolver
{
    // Strongest first: what survives a reset before what does not, what one device has before what many may share.
    private static readonly int[] SlotsByStrength =
    [
        EntitySlot.Imei, EntitySlot.Meid, EntitySlot.Imei2, EntitySlot.Serial, EntitySlot.AndroidId, EntitySlot.Idfv,
        EntitySlot.OpenUdid, EntitySlot.Oaid, EntitySlot.Idfa, EntitySlot.Mac, EntitySlot.Guid,
    ];

    private readonly Pseudonymiser _pseudonymiser;
    private readonly DeviceTokens _tokens;

    /// <summary>Makes a resolver.</summary>
    public DeviceResolver(Pseudonymiser pseudonymiser, DeviceTokens tokens)
    {
        _pseudonymiser = pseudonymiser;
        _tokens = tokens;
    }

    /// <summary>Sets the device of an event; none if the event says nothing that would tell one.</summary>
    public void Resolve(ScoreEvent scoreEvent)
    {
        if (!scoreEvent.DeviceToken.IsEmpty)
        {
            if (_tokens.TryOpen(scoreEvent.DeviceToken, out var device))
            {
                scoreEvent.Entity(EntitySlot.Device) = device;
                return;
            }

            scoreEvent.Drop(SignalTable.Request[ScoreRequest.DeviceTokenFieldNumber].NameIndex, DropCause.Malformed);
        }

        Span<byte> identifier = stackalloc byte[1 + Pseudonym.Length];
        foreach (var slot in SlotsByStrength)
        {
            var pseudonym = scoreEvent.Entity(slot);
            if (!pseudonym.IsNone)
            {
                identifier[0] = (byte)EntitySlot.Kind(slot);
                pseudonym.Write(identifier[1..]);
                scoreEvent.Entity(EntitySlot.Device) = _pseudonymiser.Compute(EntityKind.Device, identifier);
                return;
            }
        }
    }
}
