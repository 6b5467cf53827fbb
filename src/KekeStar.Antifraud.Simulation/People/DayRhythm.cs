namespace KekeStar.Antifraud.Simulation.People;

/// <summary>When people are awake, China Standard Time (UTC+8).</summary>
internal sealed class DayRhythm(params IReadOnlyList<double> weightByHour)
{
    /// <summary>Start of the day's hours: all of China is in one time zone.</summary>
    internal static TimeSpan Zone { get; } = TimeSpan.FromHours(8);

    /// <summary>
    /// Everybody: asleep from 1 to 7, most at night before sleep. The shape is that of published traffic of Chinese
    /// networks (peak at 21 to 22, trough at 4 to 5, about one fiftieth of the peak); the numbers are rounded.
    /// </summary>
    internal static DayRhythm Everybody { get; } =
        new(1.5, 0.4, 0.15, 0.1, 0.1, 0.2, 0.6, 1.5, 2.5, 3, 3.2, 3.5, 4, 3.6, 3.2, 3, 3, 3.3, 4, 5, 5.8, 6, 5, 3.2);

    /// <summary>The first evening in a dormitory.</summary>
    internal static DayRhythm Evening { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 5, 3, 1);

    /// <summary>Office hours.</summary>
    internal static DayRhythm Office { get; } = new(0, 0, 0, 0, 0, 0, 0, 0.5, 2, 5, 5, 4, 5, 4, 5, 5, 4, 4, 2, 0.8, 0.3, 0.1, 0, 0);

    /// <summary>A café's opening hours.</summary>
    internal static DayRhythm Cafe { get; } = new(0, 0, 0, 0, 0, 0, 0, 1, 3, 4, 4, 4, 5, 5, 5, 5, 4, 4, 4, 5, 5, 4, 1, 0);

    /// <summary>A moment of a day.</summary>
    /// <param name="midnight">Beginning of the day in China.</param>
    /// <param name="random">Chance.</param>
    internal DateTimeOffset On(DateTimeOffset midnight, Random random)
    {
        var ticket = random.NextDouble() * weightByHour.Sum();
        var hour = 0;
        while (ticket >= weightByHour[hour])
        {
            ticket -= weightByHour[hour++];
        }

        return midnight.AddHours(hour + (ticket / weightByHour[hour]));
    }
}
