namespace KekeStar.Antifraud.Windows;

/// <summary>What of a window log is worth keeping.</summary>
internal static class LogTail
{
    // A record that no event accepted now can reach: the longest window, for the latest event, and the clocks apart.
    // Cutting earlier could hide that older records had been cut before, and a count would claim to be exact.
    private static readonly long ReachMilliseconds =
        (long)(WindowLimits.Retention + WindowLimits.MaxEventAge + WindowLimits.MaxClockSkew).TotalMilliseconds;

    /// <summary>Gives the log without repeated and unreachable records, at most the last <see cref="WindowLimits.TailRecords"/>.</summary>
    /// <param name="log">The whole log.</param>
    /// <param name="now">The service's clock, Unix milliseconds.</param>
    public static byte[] Keep(ReadOnlySpan<byte> log, long now)
    {
        var seen = new HashSet<(ulong Event, byte Outcome)>();
        var kept = new byte[log.Length];
        var length = 0;
        for (var offset = 0; offset + WindowRecord.Length <= log.Length; offset += WindowRecord.Length)
        {
            var bytes = log.Slice(offset, WindowRecord.Length);
            var record = WindowRecord.Read(bytes);
            if (now - record.TimeMilliseconds <= ReachMilliseconds && seen.Add((record.EventHash, record.Outcome)))
            {
                bytes.CopyTo(kept.AsSpan(length));
                length += WindowRecord.Length;
            }
        }

        // One more than a count looks at: the record that is not counted shows that the log was cut.
        var most = (WindowLimits.TailRecords + 1) * WindowRecord.Length;
        return length > most ? kept[(length - most)..length] : kept[..length];
    }
}
