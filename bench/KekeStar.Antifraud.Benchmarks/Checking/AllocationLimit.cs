namespace KekeStar.Antifraud.Benchmarks.Checking;

/// <summary>How much a benchmark may allocate.</summary>
/// <param name="Benchmarks">Its class.</param>
/// <param name="Method">Its method; the limit holds for all of its parameters.</param>
/// <param name="Bytes">Most bytes that one operation may allocate.</param>
/// <param name="Remedy">What to do when it allocates more.</param>
internal sealed record AllocationLimit(Type Benchmarks, string Method, long Bytes, string Remedy);
