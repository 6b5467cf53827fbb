using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Counts a tail in which every event stands once, as nearly all do, from its newest record back: what is seen first then lies
/// in the shortest window, so most records change nothing but a sum.
/// </summary>
internal static class UniqueTailCounter
{
    private const int RecordWords = WindowRecord.Length / sizeof(ulong);
    private const int AccountWord = 1;
    private const int DeviceWord = 2;
    private const int EventWord = 3;
    private const int TableSize = HashTable.Capacity;

    // 64 places for each record: two of 256 then share one by chance, and a look back tells them from copies.
    private const int MaxFilterWords = WindowLimits.TailRecords;

    /// <summary>Counts, unless the tail holds copies.</summary>
    /// <param name="tail">The end of the log, whole records.</param>
    /// <param name="own">The event's own record; counted at the tail's end if it is not in it.</param>
    /// <param name="counts">Empty; receives for each window what lies in it and in none shorter.</param>
    /// <param name="deviceMask">The bits of the device field that stand for the device.</param>
    /// <param name="attemptTimes">Room for the attempts' times, oldest first, filled from its end.</param>
    /// <param name="sums">What was found.</param>
    /// <returns>False if the tail holds copies; nothing is counted then.</returns>
    public static bool TryCount(
        ReadOnlySpan<byte> tail, in WindowRecord own, WindowCounts counts, ulong deviceMask, Span<long> attemptTimes, out TailSums sums)
    {
        sums = default;
        if (!TryFindOwn(MemoryMarshal.Cast<byte, ulong>(tail), own, out var ownIndex))
        {
            return false;
        }

        sums = Count(tail, ownIndex, own, counts, deviceMask, attemptTimes);
        return true;
    }

    /// <summary>Looks for the event's own record, and for copies.</summary>
    /// <returns>False if there are copies.</returns>
    [SkipLocalsInit]
    private static bool TryFindOwn(ReadOnlySpan<ulong> words, in WindowRecord own, out int ownIndex)
    {
        Span<ulong> filter = stackalloc ulong[MaxFilterWords];
        var length = words.Length / RecordWords;
        filter = filter[..Math.Min(MaxFilterWords, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, length)))];
        filter.Clear();
        var mask = ((ulong)filter.Length << 6) - 1;
        ownIndex = -1;
        for (var i = length - 1; i >= 0; i--)
        {
            var record = words.Slice(i * RecordWords, RecordWords);
            var outcome = WindowRecord.OutcomeOf(Word(record[0]));
            var hash = Word(record[EventWord]);
            if (hash == own.EventHash && outcome == own.Outcome)
            {
                if (ownIndex >= 0)
                {
                    return false;
                }

                ownIndex = i;
            }

            // The outcome's own place: an attempt and what became of it bear the same hash.
            var place = (hash + outcome) & mask;
            ref var word = ref filter[(int)(place >> 6)];
            var bit = 1UL << (int)place;
            if ((word & bit) != 0 && HasLaterCopy(words, i, hash, outcome))
            {
                return false;
            }

            word |= bit;
        }

        return true;
    }

    private static bool HasLaterCopy(ReadOnlySpan<ulong> words, int index, ulong hash, byte outcome)
    {
        for (var i = index + 1; i < words.Length / RecordWords; i++)
        {
            if (Word(words[(i * RecordWords) + EventWord]) == hash && WindowRecord.OutcomeOf(Word(words[i * RecordWords])) == outcome)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts a tail without copies.</summary>
    /// <param name="tail">The end of the log, whole records, each event once.</param>
    /// <param name="ownIndex">Where the event's own record stands; −1: nowhere.</param>
    /// <param name="own">That record, an attempt.</param>
    /// <param name="counts">Empty; receives for each window what lies in it and in none shorter.</param>
    /// <param name="deviceMask">The bits of the device field that stand for the device.</param>
    /// <param name="attemptTimes">Room for the attempts' times, oldest first, filled from its end.</param>
    [SkipLocalsInit]
    public static TailSums Count(
        ReadOnlySpan<byte> tail, int ownIndex, in WindowRecord own, WindowCounts counts, ulong deviceMask, Span<long> attemptTimes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(tail);
        var isOwnMissing = ownIndex < 0;
        var end = isOwnMissing ? words.Length / RecordWords : ownIndex + 1;
        var start = Math.Max(0, end - (WindowLimits.TailRecords - (isOwnMissing ? 1 : 0)));

        // A retry may come without a time of its own; what counts is the time of the first try.
        var now = isOwnMissing ? own.TimeMilliseconds : WindowRecord.TimeOf(Word(words[ownIndex * RecordWords]));
        var size = Math.Min(TableSize, (int)BitOperations.RoundUpToPowerOf2((uint)(end - start + 1) * 2));
        Span<ulong> accountRoom = stackalloc ulong[TableSize];
        Span<ulong> deviceRoom = stackalloc ulong[TableSize];
        Span<byte> accountRanks = stackalloc byte[TableSize];
        Span<byte> deviceRanks = stackalloc byte[TableSize];
        Span<ulong> failedRoom = stackalloc ulong[TableSize];
        Span<byte> failedRanks = stackalloc byte[TableSize];
        var accounts = new DistinctCount(accountRoom[..size], accountRanks[..size], counts.Row(WindowMetric.Accounts));
        var devices = new DistinctCount(deviceRoom[..size], deviceRanks[..size], counts.Row(WindowMetric.Devices));
        var failed = new DistinctCount(failedRoom[..size], failedRanks[..size], counts.Row(WindowMetric.FailedAccounts));
        var events = counts.Row(WindowMetric.Events);
        var registrations = counts.Row(WindowMetric.Registrations);
        var unused = attemptTimes.Length;
        var firstPunctual = long.MaxValue;
        var rank = 0;
        if (isOwnMissing)
        {
            attemptTimes[--unused] = now;
            events[rank]++;
            registrations[rank] += own.Scene == (byte)Scene.Register ? 1 : 0;
            accounts.Add(own.Account, rank);
            devices.Add(own.Device & deviceMask, rank);
            firstPunctual = own.IsLate ? firstPunctual : now;
        }

        for (var i = end - 1; i >= start; i--)
        {
            var record = words.Slice(i * RecordWords, RecordWords);
            var head = Word(record[0]);
            var time = WindowRecord.TimeOf(head);
            firstPunctual = WindowRecord.IsLateOf(head) ? firstPunctual : time;
            rank = WindowCounter.RankFrom(rank, now - time);
            if (rank == WindowCounter.Outside)
            {
                continue;
            }

            switch ((Outcome)WindowRecord.OutcomeOf(head))
            {
                case Outcome.Unspecified:
                    attemptTimes[--unused] = time;
                    events[rank]++;
                    registrations[rank] += WindowRecord.SceneOf(head) == (byte)Scene.Register ? 1 : 0;
                    accounts.Add(Word(record[AccountWord]), rank);
                    devices.Add(Word(record[DeviceWord]) & deviceMask, rank);
                    break;
                case Outcome.RegistrationCompleted:
                    accounts.Add(Word(record[AccountWord]), rank);
                    break;
                case Outcome.LoginFailed:
                    counts[WindowMetric.Failures, rank]++;
                    failed.Add(Word(record[AccountWord]), rank);
                    break;
                case Outcome.CaptchaFailed:
                    counts[WindowMetric.Failures, rank]++;
                    break;
                case Outcome.HarassmentConfirmed:
                    counts[WindowMetric.Harassment, rank]++;
                    break;
            }
        }

        return new TailSums(ownIndex, start, attemptTimes.Length - unused, firstPunctual, HasDuplicates: false);
    }

    // Records lie in little-endian order (WindowRecord).
    private static ulong Word(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
}
