using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Counts in the tail of an entity's log. An event's place in the log is what it sees: the records in front of it
/// and itself. So a thousand simultaneous events see exactly 1, 2, … 1,000, and a retry sees what the first try saw.
/// </summary>
/// <remarks>
/// A record of time r counts for an event of time t in a window of length w if t − w &lt; r ≤ t + min(w, clock skew):
/// what arrived earlier but was stamped by a clock running ahead still counts, as far as clocks may differ.
/// </remarks>
internal static class WindowCounter
{
    /// <summary>The rank of what no window holds.</summary>
    public const int Outside = WindowLengths.Count;

    private static readonly long SkewMilliseconds = (long)IntakeLimits.MaxClockSkew.TotalMilliseconds;

    private static readonly long ReachMilliseconds = (long)WindowLimits.Reach.TotalMilliseconds;

    /// <summary>Counts for one event.</summary>
    /// <param name="tail">The end of the log, whole records.</param>
    /// <param name="isCut">True if the log may have records in front of the tail.</param>
    /// <param name="own">The event's own record; counted at the tail's end if it is not in it.</param>
    /// <param name="counts">Receives the counts.</param>
    /// <param name="deviceMask">The bits of the device field that stand for the device: <see cref="DeviceContext"/>.</param>
    public static TailFindings Count(
        ReadOnlySpan<byte> tail, bool isCut, in WindowRecord own, WindowCounts counts, ulong deviceMask = ulong.MaxValue)
    {
        if (tail.IsEmpty || WindowRecord.Read(tail) is not { IsCut: true } cut)
        {
            return CountRecords(tail, isCut, long.MinValue, own, counts, deviceMask);
        }

        var findings = CountRecords(tail[WindowRecord.Length..], isCut: false, cut.TimeMilliseconds, own, counts, deviceMask);
        return findings with { OwnIndex = findings.OwnIndex < 0 ? -1 : findings.OwnIndex + 1, StartIndex = findings.StartIndex + 1 };
    }

    [SkipLocalsInit]
    private static TailFindings CountRecords(
        ReadOnlySpan<byte> tail, bool isCut, long latestCut, in WindowRecord own, WindowCounts counts, ulong deviceMask)
    {
        counts.Clear();
        counts.IsKnown = true;
        Span<long> attemptTimes = stackalloc long[WindowLimits.TailRecords + 1];
        if (!UniqueTailCounter.TryCount(tail, own, counts, deviceMask, attemptTimes, out var sums))
        {
            sums = CountWithCopies(tail, own, counts, deviceMask, attemptTimes);
        }

        var isOwnMissing = sums.OwnIndex < 0;
        var now = isOwnMissing ? own.TimeMilliseconds : WindowRecord.Read(tail[(sums.OwnIndex * WindowRecord.Length)..]).TimeMilliseconds;
        Accumulate(counts);
        WindowRegularity.Set(attemptTimes[^sums.Attempts..], now, counts);
        if (isCut || sums.Start > 0)
        {
            SetAtLeast(sums.FirstPunctual, now, counts);
        }

        for (var window = 0; window < WindowLengths.Count; window++)
        {
            counts.AtLeast(window) |= latestCut > now - WindowLengths.Milliseconds((WindowLength)window);
        }

        return new TailFindings(
            OwnIndex: sums.OwnIndex,
            StartIndex: sums.Start,
            NeedsMore: isCut && (sums.Start == 0 || isOwnMissing),
            HasDuplicates: sums.HasDuplicates,
            HasExpired: tail.Length >= WindowRecord.Length
                && now - WindowRecord.Read(tail).TimeMilliseconds > ReachMilliseconds);
    }

    /// <summary>Leaves copies out, so that of an event's records the first one counts, and counts what is left.</summary>
    [SkipLocalsInit]
    private static TailSums CountWithCopies(
        ReadOnlySpan<byte> tail, in WindowRecord own, WindowCounts counts, ulong deviceMask, Span<long> attemptTimes)
    {
        var length = tail.Length / WindowRecord.Length;
        var ownIndex = FindOwn(tail, length, own);
        var isOwnMissing = ownIndex < 0;
        var end = isOwnMissing ? length : ownIndex + 1;
        var start = FindStart(tail, end, WindowLimits.TailRecords - (isOwnMissing ? 1 : 0));
        Span<ulong> room = stackalloc ulong[HashTable.Capacity];
        Span<byte> first = stackalloc byte[WindowLimits.TailRecords * WindowRecord.Length];
        var seen = new HashTable(room, WindowLimits.TailRecords);
        var kept = 0;
        var hasDuplicates = false;
        var firstPunctual = long.MaxValue;
        for (var i = start; i < end; i++)
        {
            var bytes = tail.Slice(i * WindowRecord.Length, WindowRecord.Length);
            var record = WindowRecord.Read(bytes);
            if (!record.IsLate && firstPunctual == long.MaxValue)
            {
                firstPunctual = record.TimeMilliseconds;
            }

            if (seen.TryAdd(record.Mark))
            {
                bytes.CopyTo(first[(kept++ * WindowRecord.Length)..]);
            }
            else
            {
                hasDuplicates = true;
            }
        }

        // What counts ends with the event's own record, which is its first.
        var sums = UniqueTailCounter.Count(
            first[..(kept * WindowRecord.Length)], isOwnMissing ? -1 : kept - 1, own, counts, deviceMask, attemptTimes);
        return sums with
        {
            OwnIndex = ownIndex,
            Start = start,
            FirstPunctual = firstPunctual == long.MaxValue ? sums.FirstPunctual : firstPunctual,
            HasDuplicates = hasDuplicates || HasLaterCopy(tail, length, ownIndex, own),
        };
    }

    /// <summary><see cref="Rank"/>, begun where a record lay that is probably younger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RankFrom(int rank, long age)
    {
        if (age < 0 || rank == Outside || (rank > 0 && age < WindowLengths.Milliseconds((WindowLength)(rank - 1))))
        {
            return Rank(age);
        }

        while (rank < Outside && age >= WindowLengths.Milliseconds((WindowLength)rank))
        {
            rank++;
        }

        return rank;
    }

    /// <summary>The shortest window that a record of this age lies in; the number of windows: none.</summary>
    public static int Rank(long age)
    {
        for (var window = 0; window < WindowLengths.Count; window++)
        {
            var length = WindowLengths.Milliseconds((WindowLength)window);
            if (age < length && -age <= Math.Min(length, SkewMilliseconds))
            {
                return window;
            }
        }

        return Outside;
    }

    private static int FindOwn(ReadOnlySpan<byte> tail, int length, in WindowRecord own)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(tail);
        var wanted = BitConverter.IsLittleEndian ? own.EventHash : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(own.EventHash);
        for (var i = 0; i < length; i++)
        {
            if (words[(i * 4) + 3] == wanted && WindowRecord.Read(tail[(i * WindowRecord.Length)..]).Outcome == own.Outcome)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// Where counting begins: as many different records before <paramref name="end"/> as the cap allows. Copies of retried
    /// events do not use the cap up.
    /// </summary>
    [SkipLocalsInit]
    private static int FindStart(ReadOnlySpan<byte> tail, int end, int capacity)
    {
        if (end <= capacity)
        {
            return 0;
        }

        Span<ulong> room = stackalloc ulong[HashTable.Capacity];
        var seen = new HashTable(room, WindowLimits.TailRecords);
        var different = 0;
        for (var i = end - 1; i >= 0; i--)
        {
            var record = WindowRecord.Read(tail[(i * WindowRecord.Length)..]);
            if (seen.TryAdd(record.Mark) && ++different > capacity)
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static bool HasLaterCopy(ReadOnlySpan<byte> tail, int length, int ownIndex, in WindowRecord own) =>
        ownIndex >= 0
        && FindOwn(tail[((ownIndex + 1) * WindowRecord.Length)..], length - ownIndex - 1, own) >= 0;

    // Windows are nested: what lies in a shorter one lies in every longer one.
    private static void Accumulate(WindowCounts counts)
    {
        for (var metric = WindowMetric.Events; metric < WindowMetric.Regularity; metric++)
        {
            for (var window = 1; window < WindowLengths.Count; window++)
            {
                counts[metric, window] += counts[metric, window - 1];
            }
        }
    }

    /// <summary>
    /// Marks the windows that records in front of the tail may lie in. A punctual record arrived at most one skew
    /// after its time; what came before it arrived earlier and was stamped at most one skew ahead of that.
    /// </summary>
    private static void SetAtLeast(long firstPunctual, long now, WindowCounts counts)
    {
        for (var window = 0; window < WindowLengths.Count; window++)
        {
            var begin = now - WindowLengths.Milliseconds((WindowLength)window);
            counts.AtLeast(window) = firstPunctual == long.MaxValue || firstPunctual + (2 * SkewMilliseconds) > begin;
        }
    }
}
