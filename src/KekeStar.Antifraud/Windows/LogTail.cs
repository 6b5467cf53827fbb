using System.Buffers;
using System.Numerics;

namespace KekeStar.Antifraud.Windows;

/// <summary>What of a window log is worth keeping.</summary>
internal static class LogTail
{
    private static readonly long ReachMilliseconds = (long)WindowLimits.Reach.TotalMilliseconds;

    /// <summary>Bytes of room that is needed for a log: its own, and a record that stands for what was cut.</summary>
    public static int RoomFor(int logLength) => logLength + WindowRecord.Length;

    /// <summary>
    /// Gives the log without repeated and unreachable records and at most <see cref="WindowLimits.TailRecords"/> others.
    /// Where reachable ones are cut away, a first record says up to when, so that a count never claims to be exact that
    /// is not.
    /// </summary>
    /// <param name="log">The whole log.</param>
    /// <param name="now">The service's clock, Unix milliseconds.</param>
    /// <param name="room">At least <see cref="RoomFor"/> bytes; not the log's own.</param>
    /// <returns>What is kept: a part of the room.</returns>
    public static ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> log, long now, Span<byte> room)
    {
        var seen = ArrayPool<ulong>.Shared.Rent(Math.Max(1, (int)BitOperations.RoundUpToPowerOf2((uint)(2 * log.Length / WindowRecord.Length))));
        try
        {
            return Keep(log, now, room, new HashTable(seen, log.Length / WindowRecord.Length));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(seen);
        }
    }

    /// <summary>The same in memory of its own.</summary>
    public static byte[] Keep(ReadOnlySpan<byte> log, long now) => Keep(log, now, new byte[RoomFor(log.Length)]).ToArray();

    private static ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> log, long now, Span<byte> room, HashTable seen)
    {
        // The first place of the room stays free for what stands for the cut ones.
        var end = WindowRecord.Length;
        var cut = long.MinValue;
        for (; log.Length >= WindowRecord.Length; log = log[WindowRecord.Length..])
        {
            var record = WindowRecord.Read(log);
            var isReachable = now - record.TimeMilliseconds <= ReachMilliseconds;
            if (record.IsCut)
            {
                cut = isReachable ? Math.Max(cut, record.TimeMilliseconds) : cut;
            }
            else if (seen.TryAdd(record.Mark) && isReachable)
            {
                // Of copies the first counts: an outcome that was reported again goes with its first report, although its own time
                // can still be reached. Else it would begin to count when the first one is out of reach.
                log[..WindowRecord.Length].CopyTo(room[end..]);
                end += WindowRecord.Length;
            }
        }

        var begin = WindowRecord.Length;
        for (; end - begin > WindowLimits.TailRecords * WindowRecord.Length; begin += WindowRecord.Length)
        {
            cut = Math.Max(cut, WindowRecord.Read(room[begin..]).TimeMilliseconds);
        }

        if (cut != long.MinValue)
        {
            begin -= WindowRecord.Length;
            WindowRecord.Cut(cut).Write(room[begin..]);
        }

        return room[begin..end];
    }
}
