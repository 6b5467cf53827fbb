namespace KekeStar.Antifraud.Dashboard.Live;

/// <summary>What was decided in one interval.</summary>
/// <param name="EndsAt">The interval's end.</param>
/// <param name="Length">How long it was, in seconds.</param>
/// <param name="Counts">What was decided in it.</param>
internal sealed record LiveInterval(DateTimeOffset EndsAt, double Length, DecisionCounts Counts);
