namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Remembers which events this process wrote lately, so that a retry only reads. It may forget (a later event takes
/// the place) but never claims an event that was not written; a forgotten retry is recognised by its record instead.
/// </summary>
internal sealed class RecentEvents
{
    // 65,536 places, 512 KiB: at 10,000 events a second, the retries of the last seconds.
    private const int Places = 1 << 16;

    private readonly ulong[] _events = new ulong[Places];

    /// <summary>True if the event was written.</summary>
    public bool Contains(ulong eventHash) => Volatile.Read(ref _events[eventHash & (Places - 1)]) == eventHash;

    /// <summary>Remembers an event whose every record is written.</summary>
    public void Add(ulong eventHash) => Volatile.Write(ref _events[eventHash & (Places - 1)], eventHash);
}
