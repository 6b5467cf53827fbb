namespace KekeStar.Antifraud.Windows;

/// <summary>What of a window log is worth keeping.</summary>
internal static class LogTail
{
    private static readonly long ReachMilliseconds = (long)WindowLimits.Reach.TotalMilliseconds;

    /// <summary>
    /// Gives the log without repeated and unreachable records and at most <see cref="WindowLimits.TailRecords"/> others.
    /// Where reachable ones are cut away, a first record says up to when, so that a count never claims to be exact that
    /// is not.
    /// </summary>
    /// <param name="log">The whole log.</param>
    /// <param name="now">The service's clock, Unix milliseconds.</param>
    public static byte[] Keep(ReadOnlySpan<byte> log, long now)
    {
        var seen = new HashSet<(ulong Event, byte Outcome)>();
        var kept = new List<WindowRecord>(log.Length / WindowRecord.Length);
        var cut = long.MinValue;
        for (; log.Length >= WindowRecord.Length; log = log[WindowRecord.Length..])
        {
            var record = WindowRecord.Read(log);
            if (now - record.TimeMilliseconds > ReachMilliseconds)
            {
                continue;
            }

            if (record.IsCut)
            {
                cut = Math.Max(cut, record.TimeMilliseconds);
            }
            else if (seen.Add((record.EventHash, record.Outcome)))
            {
                kept.Add(record);
            }
        }

        var surplus = Math.Max(0, kept.Count - WindowLimits.TailRecords);
        for (var i = 0; i < surplus; i++)
        {
            cut = Math.Max(cut, kept[i].TimeMilliseconds);
        }

        kept.RemoveRange(0, surplus);
        if (cut != long.MinValue)
        {
            kept.Insert(0, WindowRecord.Cut(cut));
        }

        var result = new byte[kept.Count * WindowRecord.Length];
        for (var i = 0; i < kept.Count; i++)
        {
            kept[i].Write(result.AsSpan(i * WindowRecord.Length));
        }

        return result;
    }
}
