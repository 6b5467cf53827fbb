using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// The attempts of a log that count in the window of 7 days, each once, the event's own included: what
/// <see cref="WindowMetric.Events"/> counts, one by one; for foreach.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct LogAttempts
{
    private static readonly long ReachMilliseconds = WindowLengths.Milliseconds(WindowLength.SevenDays);
    private static readonly long SkewMilliseconds = (long)IntakeLimits.MaxClockSkew.TotalMilliseconds;

    private readonly ReadOnlySpan<byte> _tail;
    private readonly LogAttempt _own;
    private readonly int _end;
    private HashTable _seen;
    private readonly bool _hasDuplicates;
    private bool _isOwnDue;
    private int _next;

    /// <summary>Begins in front of the first one.</summary>
    /// <param name="tail">The tail.</param>
    /// <param name="findings">What counting found in it.</param>
    /// <param name="own">The event's record; comes last if it is not in the tail.</param>
    /// <param name="scratch">Room for <see cref="HashTable.Capacity"/> hashes, of any content.</param>
    public LogAttempts(ReadOnlySpan<byte> tail, scoped in TailFindings findings, scoped in WindowRecord own, Span<ulong> scratch)
    {
        _tail = tail;
        _own = new LogAttempt(own.TimeMilliseconds, own.EventHash, own.Scene);
        _next = findings.StartIndex;
        _isOwnDue = findings.OwnIndex < 0;
        _end = _isOwnDue ? tail.Length / WindowRecord.Length : findings.OwnIndex + 1;

        // A retry may come without a time of its own; what counts is the time of the first try.
        Time = _isOwnDue ? own.TimeMilliseconds : WindowRecord.Read(tail[(findings.OwnIndex * WindowRecord.Length)..]).TimeMilliseconds;
        _hasDuplicates = findings.HasDuplicates;
        _seen = _hasDuplicates ? new HashTable(scratch, WindowLimits.TailRecords) : default;
    }

    /// <summary>The event's time, Unix milliseconds.</summary>
    public long Time { get; }

    /// <summary>The attempt.</summary>
    public LogAttempt Current { get; private set; }

    /// <summary>Goes on to the next one.</summary>
    public bool MoveNext()
    {
        while (_next < _end)
        {
            var record = WindowRecord.Read(_tail[(_next++ * WindowRecord.Length)..]);
            var age = Time - record.TimeMilliseconds;
            if (record.Outcome == 0 && age < ReachMilliseconds && -age <= SkewMilliseconds && (!_hasDuplicates || _seen.TryAdd(record.EventHash)))
            {
                Current = new LogAttempt(record.TimeMilliseconds, record.EventHash, record.Scene);
                return true;
            }
        }

        Current = _own;
        var isOwn = _isOwnDue;
        _isOwnDue = false;
        return isOwn;
    }

    /// <summary>For foreach.</summary>
    public readonly LogAttempts GetEnumerator() => this;
}
