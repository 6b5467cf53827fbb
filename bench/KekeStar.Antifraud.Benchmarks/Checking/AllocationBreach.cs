namespace KekeStar.Antifraud.Benchmarks.Checking;

/// <summary>A limit that does not hold.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Text">What, measured, allowed, what to do.</param>
internal sealed record AllocationBreach(AllocationLimit Limit, string Text);
