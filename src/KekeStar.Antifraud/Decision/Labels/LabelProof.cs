using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Decision.Labels;

/// <summary>A <see cref="LabelEvidence"/> as the hot path reads it: without an object to follow.</summary>
/// <param name="AtLeast">The value from which on the feature proves the label, in the feature's unit.</param>
/// <param name="Label">The label's bit: 1 « its place in the catalogue.</param>
/// <param name="Kept">The bit by which the device's own log remembers it; 0: it is not remembered.</param>
/// <param name="Feature">Index of the feature.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LabelProof(double AtLeast, ulong Label, uint Kept, int Feature);
