using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows;

/// <summary>The attempts in front of an event in a log's tail that a window of 7 days reaches; for foreach.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct EarlierAttempts
{
    private static readonly long ReachMilliseconds = (long)WindowLimits.Retention.TotalMilliseconds;

    private readonly ReadOnlySpan<byte> _tail;
    private readonly int _end;
    private readonly long _time;
    private int _next;

    /// <summary>Begins in front of the first one.</summary>
    /// <param name="tail">The tail.</param>
    /// <param name="findings">What counting found in it.</param>
    /// <param name="own">The event's record.</param>
    public EarlierAttempts(ReadOnlySpan<byte> tail, in TailFindings findings, in WindowRecord own)
    {
        _tail = tail;
        _next = findings.StartIndex;
        _end = findings.OwnIndex < 0 ? tail.Length / WindowRecord.Length : findings.OwnIndex;
        _time = own.TimeMilliseconds;
    }

    /// <summary>The attempt.</summary>
    public WindowRecord Current { get; private set; }

    /// <summary>Goes on to the next one.</summary>
    public bool MoveNext()
    {
        while (_next < _end)
        {
            Current = WindowRecord.Read(_tail[(_next++ * WindowRecord.Length)..]);

            // How long an older one lies there depends on when the log was last trimmed, and on when its key epoch began.
            if (Current.Outcome == 0 && _time - Current.TimeMilliseconds < ReachMilliseconds)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes on to the next one and reads nothing of it but its device: what is asked of every identifier's log.</summary>
    public bool TryNextDevice(out ulong device)
    {
        while (_next < _end)
        {
            var record = _tail.Slice(_next++ * WindowRecord.Length, WindowRecord.Length);
            var head = BinaryPrimitives.ReadUInt64LittleEndian(record);
            if (WindowRecord.OutcomeOf(head) == 0 && _time - WindowRecord.TimeOf(head) < ReachMilliseconds)
            {
                device = WindowRecord.DeviceOf(record);
                return true;
            }
        }

        device = 0;
        return false;
    }

    /// <summary>For foreach.</summary>
    public readonly EarlierAttempts GetEnumerator() => this;
}
