using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>What the windows of all of an event's entities say. Reused from event to event.</summary>
internal sealed class EventCounts
{
    private readonly WindowCounts[] _counts = new WindowCounts[EntitySlot.Count];

    /// <summary>Makes counts that know nothing.</summary>
    public EventCounts()
    {
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            _counts[slot] = new WindowCounts();
        }

        Clear();
    }

    /// <summary>How asking the store ended.</summary>
    public StoreStatus Status { get; set; }

    /// <summary>What the account's log says of the account; null: nothing is known.</summary>
    public AccountHistory? Account { get; set; }

    /// <summary>Where and with what the account was used before; null: nothing is known.</summary>
    public AccountSightings? Sightings { get; set; }

    /// <summary>When the device's own log last held which evidence for labels.</summary>
    public EvidenceHistory Evidence { get; } = new();

    /// <summary>How the event's identifiers stand to its device; null: nothing is known.</summary>
    public DeviceStanding? Device { get; set; }

    /// <summary>What the event's cohort does; null: nothing is known.</summary>
    public CohortStanding? Cohort { get; set; }

    /// <summary>What the devices with like software do; null: nothing is known.</summary>
    public SimilarStanding? Similar { get; set; }

    /// <summary>Which other devices sent the event's motion recording.</summary>
    public RecordingMatches Recording { get; } = new();

    /// <summary>The round trip to the store; replaced when the store may still hold it.</summary>
    internal Observation Observation { get; set; } = new();

    /// <summary>The counts of one of <see cref="EntitySlot"/>.</summary>
    public WindowCounts this[int slot] => _counts[slot];

    /// <summary>Forgets the last event.</summary>
    public void Clear()
    {
        Status = StoreStatus.Ok;
        Account = null;
        Sightings = null;
        Device = null;
        Cohort = null;
        Similar = null;
        Recording.Clear();
        Evidence.Clear();
        Observation.Clear();
        foreach (var counts in _counts)
        {
            counts.IsKnown = false;
        }
    }
}
