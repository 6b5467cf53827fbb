using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>
/// What the device's identifiers say beside their pseudonyms, noted while they are read: makers, soundness, countries;
/// never the identifier itself. Lives on the stack for one parse.
/// </summary>
internal struct SignalFacts
{
    private uint _randomSlots;
    private uint _improbableSlots;

    /// <summary>First IMEI.</summary>
    public ImeiFacts Imei;

    /// <summary>Second IMEI.</summary>
    public ImeiFacts Imei2;

    /// <summary>The MEID's soundness.</summary>
    public Soundness Meid;

    /// <summary>Maker of the MAC address; 0: unknown.</summary>
    public ushort MacMaker;

    /// <summary>What the SIM cards say.</summary>
    public SimTally Sims;

    /// <summary>What the random identifiers of device and app say.</summary>
    public readonly Soundness Identifiers =>
        SoundnessOf((1u << EntitySlot.AndroidId) | (1u << EntitySlot.Guid) | (1u << EntitySlot.Idfv));

    /// <summary>What the OAID's digits say.</summary>
    public readonly Soundness Oaid => SoundnessOf(1u << EntitySlot.Oaid);

    /// <summary>Forgets an identifier: its field comes again.</summary>
    public void Forget(int slot)
    {
        _randomSlots &= ~(1u << slot);
        _improbableSlots &= ~(1u << slot);
        switch (slot)
        {
            case EntitySlot.Imei:
                Imei = default;
                break;
            case EntitySlot.Imei2:
                Imei2 = default;
                break;
            case EntitySlot.Meid:
                Meid = default;
                break;
            case EntitySlot.Mac:
                MacMaker = default;
                break;
        }
    }

    /// <summary>Notes what an identifier says.</summary>
    /// <param name="slot">Where it stands in the event.</param>
    /// <param name="text">The text as it came.</param>
    /// <param name="status">How its reading ended.</param>
    /// <param name="normalised">Its normal form; empty unless the status is Ok.</param>
    /// <param name="tables">The reference tables.</param>
    public void Note(int slot, ReadOnlySpan<byte> text, NormaliseStatus status, ReadOnlySpan<byte> normalised, ReferenceTables tables)
    {
        if (status is not (NormaliseStatus.Ok or NormaliseStatus.Malformed))
        {
            return;
        }

        switch (slot)
        {
            case EntitySlot.Imei:
                Imei = ImeiFacts.Of(text, normalised, tables);
                break;
            case EntitySlot.Imei2:
                Imei2 = ImeiFacts.Of(text, normalised, tables);
                break;
            case EntitySlot.Meid:
                Meid = EquipmentStructure.MeidCheckDigit(text);
                if (Meid != Soundness.Broken && !normalised.IsEmpty)
                {
                    Meid = EquipmentStructure.RegionalCode(normalised);
                }

                break;
            case EntitySlot.Mac when !normalised.IsEmpty:
                MacMaker = tables.Ouis.FindMaker(normalised);
                break;
            case EntitySlot.AndroidId when !normalised.IsEmpty:
                NoteRandom(slot, normalised, isUuid: false);
                break;

            // Xiaomi's OAID is a 64-bit random number. Huawei's looks like a UUID but is, by its documents, "generated using
            // a Huawei algorithm"; others do not say what theirs are.
            case EntitySlot.Oaid when normalised.Length == AndroidId.Length:
                NoteRandom(slot, normalised, isUuid: false);
                break;

            // Apps also make identifiers of hashes and zeros (UUID(long, long)); only version 4 says that it is random.
            case EntitySlot.Guid or EntitySlot.Idfv when RandomDigits.IsRandomUuid(normalised):
                NoteRandom(slot, normalised, isUuid: true);
                break;
        }
    }

    private void NoteRandom(int slot, ReadOnlySpan<byte> digits, bool isUuid)
    {
        _randomSlots |= 1u << slot;
        _improbableSlots |= RandomDigits.AreImprobable(digits, isUuid) ? 1u << slot : 0;
    }

    private readonly Soundness SoundnessOf(uint slots) =>
        (_improbableSlots & slots) != 0 ? Soundness.Broken
        : (_randomSlots & slots) != 0 ? Soundness.Sound
        : Soundness.Unknown;
}
