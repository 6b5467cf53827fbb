using System.Numerics;

namespace KekeStar.Antifraud.Windows;

/// <summary>When a device's own log last held which evidence for labels, in the 7 days in front of an event. Reused.</summary>
internal sealed class EvidenceHistory
{
    /// <summary>Number of kinds of evidence.</summary>
    public const int Count = 32;

    private readonly long[] _lastSeen = new long[Count];

    /// <summary>One bit for each kind that was seen.</summary>
    public uint Seen { get; private set; }

    /// <summary>Time of the last event that brought it, Unix milliseconds; only where <see cref="Seen"/> has the bit.</summary>
    public long LastSeenMilliseconds(int kind) => _lastSeen[kind];

    /// <summary>Forgets everything.</summary>
    public void Clear() => Seen = 0;

    /// <summary>Reads a device's log anew.</summary>
    /// <param name="tail">Its tail.</param>
    /// <param name="findings">What counting found in it.</param>
    /// <param name="own">The event's record.</param>
    public void Read(ReadOnlySpan<byte> tail, in TailFindings findings, in WindowRecord own)
    {
        Clear();
        foreach (var record in new EarlierAttempts(tail, findings, own))
        {
            for (var evidence = DeviceContext.Evidence(record.Device); evidence != 0; evidence &= evidence - 1)
            {
                Note(BitOperations.TrailingZeroCount(evidence), record.TimeMilliseconds);
            }
        }
    }

    private void Note(int kind, long time)
    {
        var bit = 1u << kind;
        _lastSeen[kind] = (Seen & bit) == 0 ? time : Math.Max(_lastSeen[kind], time);
        Seen |= bit;
    }
}
