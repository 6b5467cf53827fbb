using System.Runtime.InteropServices;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake;

/// <summary>A signal that was sent but not used.</summary>
/// <param name="NameIndex">Index of its name in <see cref="SignalNames"/>.</param>
/// <param name="Cause">Why.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DroppedSignalNote(byte NameIndex, DropCause Cause);
