namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>How much of a day's traffic comes in each of its hours: least before dawn, most in the evening.</summary>
internal static class DayCurve
{
    // By the hour in China (UTC+8); the largest is 1.
    private static readonly double[] Weights =
    [
        0.42, 0.27, 0.18, 0.12, 0.10, 0.12, 0.20, 0.34, 0.46, 0.52, 0.56, 0.62,
        0.74, 0.70, 0.60, 0.58, 0.60, 0.66, 0.76, 0.88, 0.97, 1.00, 0.90, 0.66,
    ];

    private const int HoursAhead = 8;

    /// <summary>Shares records out over a range of time.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end.</param>
    /// <param name="records">How many.</param>
    /// <returns>The hours of the range, each with the part of it that lies within, and its records; together exactly as many.</returns>
    public static IReadOnlyList<GeneratedHour> Share(DateTimeOffset from, DateTimeOffset to, long records)
    {
        var hours = new List<(DateTimeOffset From, DateTimeOffset To, double Weight)>();
        for (DateTimeOffset begin = from; begin < to;)
        {
            DateTimeOffset end = Min(begin.AddTicks(TimeSpan.TicksPerHour - (begin.Ticks % TimeSpan.TicksPerHour)), to);
            hours.Add((begin, end, Weights[(begin.UtcDateTime.Hour + HoursAhead) % Weights.Length] * (end - begin).TotalHours));
            begin = end;
        }

        double whole = hours.Sum(static hour => hour.Weight);
        var shared = new List<GeneratedHour>();
        double weight = 0;
        long given = 0;
        foreach ((DateTimeOffset begin, DateTimeOffset end, double own) in hours)
        {
            weight += own;
            long until = (long)Math.Round(records * weight / whole);
            shared.Add(new GeneratedHour(begin, end, (int)(until - given)));
            given = until;
        }

        return shared;
    }

    private static DateTimeOffset Min(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
