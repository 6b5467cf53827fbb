using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows;

/// <summary>What one pass over a tail has found besides the counts themselves.</summary>
/// <param name="OwnIndex">Where the event's first record stands; −1: nowhere.</param>
/// <param name="Start">The first record that counts.</param>
/// <param name="Attempts">How many attempts some window holds; their times stand at the end of the room given for them.</param>
/// <param name="FirstPunctual">Time of the first counted record that was not late; <see cref="long.MaxValue"/>: none.</param>
/// <param name="HasDuplicates">True if an event stands among the counted records more than once.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TailSums(int OwnIndex, int Start, int Attempts, long FirstPunctual, bool HasDuplicates);
