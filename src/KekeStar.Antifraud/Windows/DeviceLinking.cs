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
        Span<byte> key = stackalloc byte[WindowKey.Length];
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (IsAsked(current.Event, slot, readsAll))
            {
                current.WriteKey(key, slot);
                observation.AddRead(key, -ReadLength, -1);
            }
        }
    }

    /// <summary>Reads the answers and settles the event's device.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="observation">The round trip that <see cref="Ask"/> filled.</param>
    /// <param name="readsAll">As it was given to <see cref="Ask"/>.</param>
    /// <returns>One bit for each slot whose log exists, as far as that was asked.</returns>
    public static ulong Read(ScoreEvent scoreEvent, Observation observation, bool readsAll)
    {
        var current = EventView.OfCurrent(scoreEvent);
        var link = new DeviceLink(DeviceMark.OfInstall(current));
        var wasSettled = scoreEvent.IsDeviceSettled;
        var existing = 0UL;
        var entry = 0;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (!IsAsked(scoreEvent, slot, readsAll))
            {
                continue;
            }

            var log = observation.Tail(entry++);
            existing |= log.IsEmpty ? 0 : 1UL << slot;
            if (!wasSettled && IdentifierWeights.Of(slot) > 0)
            {
                link.Begin(slot);
                AddSightings(ref link, log, current);
                link.End();
            }
        }

        if (wasSettled)
        {
            return existing;
        }

        var device = link.Decide();
        DeviceResolver.Link(scoreEvent, device);

        // What names the device has a record of it, so that it has a log.
        return existing | (device == 0 ? 0 : 1UL << EntitySlot.Device);
    }

    private static void AddSightings(scoped ref DeviceLink link, ReadOnlySpan<byte> log, in EventView current)
    {
        var account = current.Entity(EntitySlot.Account).High;
        for (; log.Length >= WindowRecord.Length; log = log[WindowRecord.Length..])
        {
            var record = WindowRecord.Read(log);
            if (record.Outcome == 0)
            {
                link.Add(new IdentifierSighting(
                    record.Device, record.Install, account != 0 && record.Account == account, record.EventHash == current.Id.High));
            }
        }
    }

    private static bool IsAsked(ScoreEvent scoreEvent, int slot, bool readsAll) =>
        WindowSlots.HasLog(scoreEvent, slot)
        && ((!scoreEvent.IsDeviceSettled && IdentifierWeights.Of(slot) > 0) || (readsAll && WindowSlots.IsOfDevice(slot)));
}
