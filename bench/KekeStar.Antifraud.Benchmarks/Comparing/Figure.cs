using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>One measurement.</summary>
/// <param name="Time">Time or CPU time of one operation, in any unit: only ratios count.</param>
/// <param name="Bytes">Bytes that it allocates; null: not known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Figure(double Time, double? Bytes);
