using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Windows;

/// <summary>An event as one key epoch sees it: its store keys and its records.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct EventView
{
    private readonly bool _isOther;

    private EventView(ScoreEvent scoreEvent, KeyEpoch epoch, bool isOther)
    {
        Event = scoreEvent;
        Epoch = epoch;
        _isOther = isOther;
        var sum = 0UL;
        for (var slot = EntitySlot.Account + 1; slot < EntitySlot.Count; slot++)
        {
            sum += Entity(slot).High;
        }

        EntitySet = (uint)(sum >> 32);
    }

    /// <summary>The event.</summary>
    public ScoreEvent Event { get; }

    /// <summary>The epoch.</summary>
    public KeyEpoch Epoch { get; }

    /// <summary>32 bits that stand for the set of the event's entities, the account left out.</summary>
    public uint EntitySet { get; }

    /// <summary>Pseudonym of the event id.</summary>
    public Pseudonym Id => _isOther ? Event.OtherEvent : Event.Event;

    /// <summary>The event under the epoch that is counted in.</summary>
    public static EventView OfCurrent(ScoreEvent scoreEvent) => new(scoreEvent, scoreEvent.Keys.Current, isOther: false);

    /// <summary>The event under the other epoch; there must be one.</summary>
    public static EventView OfOther(ScoreEvent scoreEvent) => new(scoreEvent, scoreEvent.Keys.Other!, isOther: true);

    /// <summary>The entity in a slot; none: absent.</summary>
    public Pseudonym Entity(int slot) => _isOther ? Event.OtherEntity(slot) : Event.Entity(slot);

    /// <summary>Writes the key of an entity's log.</summary>
    public void WriteKey(Span<byte> destination, int slot) =>
        WindowKey.Write(destination, Epoch.Number, EntitySlot.Kind(slot), Entity(slot));

    /// <summary>The record for an entity's log.</summary>
    public WindowRecord Record(int slot) => new(
        Event.TimeMilliseconds,
        (byte)Event.Scene,
        Outcome: 0,
        Event.IsLate,
        slot == EntitySlot.Account
            ? AccountContext.Pack(Entity(EntitySlot.IpPrefix).High, Event.Address, Event.AccessType, EntitySet)
            : Entity(EntitySlot.Account).High,
        slot == EntitySlot.Device
            ? DeviceContext.Pack(Entity(EntitySlot.Device).High, Event.Evidence)
            : Entity(EntitySlot.Device).High,
        Id.High)
    {
        Install = DeviceMark.OfInstall(this),
        Hardware = slot == EntitySlot.Account ? DeviceMark.OfCard(this) : DeviceMark.OfHardware(this),
    };
}
