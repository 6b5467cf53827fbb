using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>When a measurement's parts begin and end, in <see cref="Stopwatch"/> ticks.</summary>
/// <param name="Start">Load begins.</param>
/// <param name="From">What ends from here on counts.</param>
/// <param name="To">What ends from here on does not count; load ends.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoadClock(long Start, long From, long To)
{
    /// <summary>Gives the clock of a measurement that begins now.</summary>
    public static LoadClock Begin(LoadOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        long from = start + Ticks(options.Warmup);
        return new LoadClock(start, from, from + Ticks(options.Duration));
    }

    /// <summary>Tells whether a call that ends at a time counts.</summary>
    public bool Counts(long time) => time >= From && time < To;

    /// <summary>Turns ticks into whole microseconds.</summary>
    public static long Microseconds(long ticks) => (long)Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds;

    /// <summary>Turns a time into ticks.</summary>
    public static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
