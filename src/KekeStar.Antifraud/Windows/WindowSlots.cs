using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>Which of an event's slots have a window log.</summary>
internal static class WindowSlots
{
    /// <summary>True if the event has a log for the slot that no slot before it has.</summary>
    public static bool HasLog(ScoreEvent scoreEvent, int slot)
    {
        var entity = scoreEvent.Entity(slot);
        if (entity.IsNone)
        {
            return false;
        }

        for (var before = FirstAlike(slot); before < slot; before++)
        {
            if (entity == scoreEvent.Entity(before))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for the slots that a device can fill with something new for every event.</summary>
    public static bool IsOfDevice(int slot) => slot is not (EntitySlot.Account or EntitySlot.Bssid or EntitySlot.Ip or EntitySlot.IpPrefix);

    /// <summary>The first slot that may hold the same entity as this one.</summary>
    private static int FirstAlike(int slot) => slot switch
    {
        EntitySlot.Imei2 or EntitySlot.Iccid2 or EntitySlot.Imsi2 or EntitySlot.SimSerial2 or EntitySlot.Similar2 => slot - 1,
        >= EntitySlot.Recording => EntitySlot.Recording,
        _ => slot,
    };
}
