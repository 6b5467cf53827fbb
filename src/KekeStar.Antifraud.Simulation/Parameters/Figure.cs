using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Simulation.Parameters;

/// <summary>A figure and where it comes from.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Source">A paper, a report, or "assumption".</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Figure(double Value, string Source);
