using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

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
    private const int TableSize = WindowLimits.TailRecords * 2;
    private const int Outside = WindowLengths.Count;

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
        var length = tail.Length / WindowRecord.Length;
        var ownIndex = FindOwn(tail, length, own);
        var isOwnMissing = ownIndex < 0;
        var end = isOwnMissing ? length : ownIndex + 1;

        // A retry may come without a time of its own; what counts is the time of the first try.
        var now = isOwnMissing ? own.TimeMilliseconds : WindowRecord.Read(tail[(ownIndex * WindowRecord.Length)..]).TimeMilliseconds;
        var start = FindStart(tail, end, WindowLimits.TailRecords - (isOwnMissing ? 1 : 0));

        // Tables grow with the tail: clearing 12 KiB for an entity with three records would cost more than counting them.
        var size = TableFor(end - start + 1);
        Span<ulong> events = stackalloc ulong[TableSize];
        Span<ulong> accounts = stackalloc ulong[TableSize];
        Span<ulong> devices = stackalloc ulong[TableSize];
        Span<byte> accountRanks = stackalloc byte[TableSize];
        Span<byte> deviceRanks = stackalloc byte[TableSize];
        Span<ulong> failedAccounts = stackalloc ulong[TableSize];
        Span<byte> failedRanks = stackalloc byte[TableSize];
        Span<long> attemptTimes = stackalloc long[WindowLimits.TailRecords + 1];
        events = events[..size];
        accounts = accounts[..size];
        devices = devices[..size];
        failedAccounts = failedAccounts[..size];
        events.Clear();
        accounts.Clear();
        devices.Clear();

        var attempts = 0;
        var hasDuplicates = false;
        var hasFailures = false;
        var firstPunctual = long.MaxValue;
        for (var i = start; i < (isOwnMissing ? end + 1 : end); i++)
        {
            var record = i == end ? own : WindowRecord.Read(tail[(i * WindowRecord.Length)..]);
            if (!record.IsLate && firstPunctual == long.MaxValue)
            {
                firstPunctual = record.TimeMilliseconds;
            }

            if (!TryInsert(events, Mix(record.EventHash, record.Outcome)))
            {
                hasDuplicates = true;
                continue;
            }

            var rank = Rank(now - record.TimeMilliseconds);
            if (rank == Outside)
            {
                continue;
            }

            switch ((Outcome)record.Outcome)
            {
                case Outcome.Unspecified:
                    attemptTimes[attempts++] = record.TimeMilliseconds;
                    counts[WindowMetric.Events, rank]++;
                    if (record.Scene == (byte)Scene.Register)
                    {
                        counts[WindowMetric.Registrations, rank]++;
                    }

                    CountDistinct(accounts, accountRanks, record.Account, rank, WindowMetric.Accounts, counts);
                    CountDistinct(devices, deviceRanks, record.Device & deviceMask, rank, WindowMetric.Devices, counts);
                    break;
                case Outcome.RegistrationCompleted:
                    CountDistinct(accounts, accountRanks, record.Account, rank, WindowMetric.Accounts, counts);
                    break;
                case Outcome.LoginFailed or Outcome.CaptchaFailed:
                    counts[WindowMetric.Failures, rank]++;
                    if (record.Outcome == (byte)Outcome.LoginFailed)
                    {
                        // Most logs hold none, so only those that do pay for clearing the table.
                        if (!hasFailures)
                        {
                            failedAccounts.Clear();
                            hasFailures = true;
                        }

                        CountDistinct(failedAccounts, failedRanks, record.Account, rank, WindowMetric.FailedAccounts, counts);
                    }

                    break;
                case Outcome.HarassmentConfirmed:
                    counts[WindowMetric.Harassment, rank]++;
                    break;
            }
        }

        Accumulate(counts);
        WindowRegularity.Set(attemptTimes[..attempts], now, counts);
        if (isCut || start > 0)
        {
            SetAtLeast(firstPunctual, now, counts);
        }

        for (var window = 0; window < WindowLengths.Count; window++)
        {
            counts.AtLeast(window) |= latestCut > now - WindowLengths.Milliseconds((WindowLength)window);
        }

        return new TailFindings(
            OwnIndex: ownIndex,
            StartIndex: start,
            NeedsMore: isCut && (start == 0 || isOwnMissing),
            HasDuplicates: hasDuplicates || HasLaterCopy(tail, length, ownIndex, own),
            HasExpired: length > 0
                && now - WindowRecord.Read(tail).TimeMilliseconds > ReachMilliseconds);
    }

    /// <summary>The shortest window that a record of this age lies in; the number of windows: none.</summary>
    private static int Rank(long age)
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

        Span<ulong> seen = stackalloc ulong[TableSize];
        seen.Clear();
        var different = 0;
        for (var i = end - 1; i >= 0; i--)
        {
            var record = WindowRecord.Read(tail[(i * WindowRecord.Length)..]);
            if (TryInsert(seen, Mix(record.EventHash, record.Outcome)) && ++different > capacity)
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static bool HasLaterCopy(ReadOnlySpan<byte> tail, int length, int ownIndex, in WindowRecord own) =>
        ownIndex >= 0
        && FindOwn(tail[((ownIndex + 1) * WindowRecord.Length)..], length - ownIndex - 1, own) >= 0;

    private static int TableFor(int records)
    {
        var size = 8;
        while (size < records * 2 && size < TableSize)
        {
            size *= 2;
        }

        return size;
    }

    // The hashes are outputs of HMAC-SHA256, so their low bits are as good as any; 0 marks a free place.
    private static bool TryInsert(Span<ulong> table, ulong key)
    {
        key = key == 0 ? 1 : key;
        var place = (int)(key & (ulong)(table.Length - 1));
        while (table[place] != 0)
        {
            if (table[place] == key)
            {
                return false;
            }

            place = (place + 1) & (table.Length - 1);
        }

        table[place] = key;
        return true;
    }

    private static ulong Mix(ulong eventHash, byte outcome) => eventHash + (outcome * 0x9E37_79B9_7F4A_7C15UL);

    private static void CountDistinct(
        Span<ulong> table, Span<byte> ranks, ulong key, int rank, WindowMetric metric, WindowCounts counts)
    {
        if (key == 0)
        {
            return;
        }

        var place = (int)(key & (ulong)(table.Length - 1));
        while (table[place] != 0 && table[place] != key)
        {
            place = (place + 1) & (table.Length - 1);
        }

        if (table[place] == 0)
        {
            table[place] = key;
        }
        else if (ranks[place] <= rank)
        {
            return;
        }
        else
        {
            counts[metric, ranks[place]]--;
        }

        ranks[place] = (byte)rank;
        counts[metric, rank]++;
    }

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
