using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// How evenly attempts follow each other: 1 − coefficient of variation of the time between them, not below 0. Events that
/// come by chance (a Poisson process) have a coefficient of 1, a clock has 0.
/// </summary>
internal static class WindowRegularity
{
    // Past this the times are in no order at all, as an adversary may send them.
    private const int MovesPerTime = 4;

    private static readonly long SkewMilliseconds = (long)IntakeLimits.MaxClockSkew.TotalMilliseconds;

    /// <summary>Sets the regularity of every window.</summary>
    /// <param name="times">Times of the attempts, Unix milliseconds; sorted here.</param>
    /// <param name="now">The event's time.</param>
    /// <param name="counts">Receives the values.</param>
    public static void Set(Span<long> times, long now, WindowCounts counts)
    {
        if (times.Length < WindowMetrics.RegularityAttempts)
        {
            return;
        }

        Order(times);
        if (times[^1] > now)
        {
            SetWithFuture(times, now, counts);
            return;
        }

        // From the newest back, each window going on where the shorter one ended.
        var first = times.Length;
        ulong squares = 0;
        for (var window = 0; window < WindowLengths.Count; window++)
        {
            var begin = now - WindowLengths.Milliseconds((WindowLength)window);
            for (; first > 0 && times[first - 1] > begin; first--)
            {
                squares += first == times.Length ? 0 : Square(times[first] - times[first - 1]);
            }

            var count = times.Length - first;
            if (count >= WindowMetrics.RegularityAttempts)
            {
                counts.Regularity(window) = RegularityOf(count - 1, times[^1] - times[first], squares);
            }
        }
    }

    // Some were stamped by a clock running ahead; how far ahead still counts differs with the window.
    private static void SetWithFuture(ReadOnlySpan<long> times, long now, WindowCounts counts)
    {
        var first = 0;
        var end = times.Length;
        for (var window = WindowLengths.Count - 1; window >= 0; window--)
        {
            var length = WindowLengths.Milliseconds((WindowLength)window);
            while (first < end && now - times[first] >= length)
            {
                first++;
            }

            while (first < end && times[end - 1] - now > Math.Min(length, SkewMilliseconds))
            {
                end--;
            }

            ulong squares = 0;
            for (var i = first + 1; i < end; i++)
            {
                squares += Square(times[i] - times[i - 1]);
            }

            var count = end - first;
            if (count >= WindowMetrics.RegularityAttempts)
            {
                counts.Regularity(window) = RegularityOf(count - 1, times[end - 1] - times[first], squares);
            }
        }
    }

    // Whole numbers, so that no order of adding changes the sum. The gaps of a window add up to its length and the skew at most,
    // so the sum of their squares stays below 2^59.
    private static ulong Square(long gap) => (ulong)(gap * gap);

    /// <summary>
    /// In order, the attempts inside a window stand side by side, and those of a shorter window inside those of a longer. They
    /// mostly come so, or with neighbours changed about where calls ran side by side; a sort that knows neither costs up to a sixth
    /// of all counting (WindowCountBenchmarks).
    /// </summary>
    private static void Order(Span<long> times)
    {
        var moves = 0;
        for (var i = 1; i < times.Length; i++)
        {
            var time = times[i];
            var place = i;
            for (; place > 0 && times[place - 1] > time; place--)
            {
                times[place] = times[place - 1];
                moves++;
            }

            times[place] = time;
            if (moves > MovesPerTime * times.Length)
            {
                times.Sort();
                return;
            }
        }
    }

    /// <summary>1 − coefficient of variation (standard deviation ÷ mean) of the gaps, not below 0.</summary>
    private static double RegularityOf(int gaps, double sum, ulong squares)
    {
        var mean = sum / gaps;
        if (mean <= 0)
        {
            // All in the same millisecond: no person does that either.
            return 1;
        }

        var variance = Math.Max(0, ((double)squares / gaps) - (mean * mean));
        return Math.Max(0, 1 - (Math.Sqrt(variance) / mean));
    }
}
