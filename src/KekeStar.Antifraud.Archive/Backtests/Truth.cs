using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>What is known of one event.</summary>
/// <param name="IsFraud">True: it should have been stopped; false: it should not.</param>
/// <param name="Segment">Number of its segment in <see cref="TruthBook"/>; 0: none is known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Truth(bool IsFraud, ushort Segment);
