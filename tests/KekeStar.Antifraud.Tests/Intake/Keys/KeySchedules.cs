using CsCheck;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

/// <summary>Schedules and times for properties.</summary>
internal static class KeySchedules
{
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan[] Edges =
    [
        TimeSpan.Zero,
        KeySchedule.FillDuration,
        KeySchedule.FillDuration + KeySchedule.SwitchGrace,
        KeySchedule.RotationDuration,
    ];

    /// <summary>One to five epochs, the first with or without a beginning, rotations apart or back to back.</summary>
    public static readonly Gen<DateTimeOffset?[]> Begins =
        from hasFirst in Gen.Bool
        from gaps in Gen.Frequency((1, Gen.Const(0)), (2, Gen.Int[0, 100 * 24 * 60])).Array[0, 4]
        select Add(hasFirst, gaps);

    /// <summary>A schedule and a time that is often at an edge of it, or a millisecond from one.</summary>
    public static readonly Gen<(DateTimeOffset?[] Begins, DateTimeOffset Now)> AndTime =
        from begins in Begins
        from which in Gen.Int[0, 4]
        from edge in Gen.Int[0, Edges.Length - 1]
        from offset in Gen.Frequency((2, Gen.Long[-1, 1]), (1, Gen.Long[-30L * 86_400_000, 30L * 86_400_000]))
        select (begins, (begins[which % begins.Length] ?? Start) + Edges[edge] + TimeSpan.FromMilliseconds(offset));

    private static DateTimeOffset?[] Add(bool hasFirst, int[] gaps)
    {
        var begins = new List<DateTimeOffset?> { hasFirst ? Start : null };
        var last = Start;
        foreach (var gap in gaps)
        {
            last += KeySchedule.RotationDuration + TimeSpan.FromMinutes(gap);
            begins.Add(last);
        }

        return [.. begins];
    }
}
