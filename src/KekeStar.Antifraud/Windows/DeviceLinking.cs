using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// The round trip that goes before where no token names the device: reads what the event's identifiers were seen with
/// lately, and lets <see cref="DeviceLink"/> decide.
/// </summary>
internal static class DeviceLinking
{
    /// <summary>
    /// Attempts of an identifier that are looked at: the last 64, 2 KiB. A person's phone makes as many in a day or two;
    /// of a cloned identifier they show more devices than count.
    /// </summary>
    public const int MaxSightings = 64;

    private const int ReadLength = MaxSightings * WindowRecord.Length;

    /// <summary>Fills the round trip.</summary>
    /// <param name="current">The event under the epoch that is counted in.</param>
    /// <param name="readsAll">True: also the logs that say nothing of the device, to learn which exist.</param>
    /// <param name="observation">The round trip.</param>
    public static void Ask(in EventView current, bool readsAll, Observation observation)
    {
        AskEpoch(current, readsAll, observation);
        if (AsksOther(current.Event))
        {
            AskEpoch(EventView.OfOther(current.Event), readsAll: false, observation);
        }
    }

    /// <summary>Reads the answers and settles the event's device.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="observation">The round trip that <see cref="Ask"/> filled.</param>
    /// <param name="readsAll">As it was given to <see cref="Ask"/>.</param>
    /// <returns>One bit for each slot whose log exists, as far as that was asked.</returns>
    public static ulong Read(ScoreEvent scoreEvent, Observation observation, bool readsAll)
    {
        var entry = 0;
        var current = EventView.OfCurrent(scoreEvent);
        var link = ReadEpoch(current, readsAll, observation, ref entry, out var existing);
        if (scoreEvent.IsDeviceSettled)
        {
            return existing;
        }

        var otherDevice = AsksOther(scoreEvent)
            ? ReadEpoch(EventView.OfOther(scoreEvent), readsAll: false, observation, ref entry, out _).Nearest()
            : 0;
        var device = link.Decide();
        DeviceResolver.Link(scoreEvent, device, otherDevice);

        // What names the device has a record of it, so that it has a log.
        return existing | (device == 0 ? 0 : 1UL << EntitySlot.Device);
    }

    private static void AskEpoch(in EventView view, bool readsAll, Observation observation)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (IsAsked(view.Event, slot, readsAll))
            {
                view.WriteKey(key, slot);
                observation.AddRead(key, -ReadLength, -1);
            }
        }
    }

    private static DeviceLink ReadEpoch(in EventView view, bool readsAll, Observation observation, ref int entry, out ulong existing)
    {
        var link = new DeviceLink(DeviceMark.OfInstall(view), DeviceMark.OfHardware(view) != 0);
        existing = 0;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (!IsAsked(view.Event, slot, readsAll))
            {
                continue;
            }

            var log = observation.Tail(entry++);
            existing |= log.IsEmpty ? 0 : 1UL << slot;
            if (IdentifierWeights.Of(slot) > 0)
            {
                link.Begin(slot);
                AddSightings(ref link, log, view);
                link.End();
            }
        }

        return link;
    }

    private static void AddSightings(scoped ref DeviceLink link, ReadOnlySpan<byte> log, in EventView view)
    {
        var account = view.Entity(EntitySlot.Account).High;
        for (; log.Length >= WindowRecord.Length; log = log[WindowRecord.Length..])
        {
            var record = WindowRecord.Read(log);
            if (record.Outcome == 0)
            {
                link.Add(new IdentifierSighting(
                    record.Device, record.Install, record.Hardware != 0, account != 0 && record.Account == account, record.EventHash == view.Id.High));
            }
        }
    }

    private static bool AsksOther(ScoreEvent scoreEvent) => !scoreEvent.IsDeviceSettled && scoreEvent.Keys.WritesOther;

    private static bool IsAsked(ScoreEvent scoreEvent, int slot, bool readsAll) =>
        WindowSlots.HasLog(scoreEvent, slot)
        && ((!scoreEvent.IsDeviceSettled && IdentifierWeights.Of(slot) > 0) || (readsAll && WindowSlots.IsOfDevice(slot)));
}
