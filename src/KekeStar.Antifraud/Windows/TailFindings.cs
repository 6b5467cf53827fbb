using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows;

/// <summary>What counting found out about the log itself.</summary>
/// <param name="OwnIndex">Where the event's first record stands in the tail; −1: nowhere.</param>
/// <param name="StartIndex">The first record that counts: the log's last 256 different ones up to the event.</param>
/// <param name="NeedsMore">True if records in front of the tail would make the counts exact.</param>
/// <param name="HasDuplicates">True if an event stands in the tail more than once.</param>
/// <param name="HasExpired">True if the tail begins with a record that no window can reach any more.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TailFindings(int OwnIndex, int StartIndex, bool NeedsMore, bool HasDuplicates, bool HasExpired);
