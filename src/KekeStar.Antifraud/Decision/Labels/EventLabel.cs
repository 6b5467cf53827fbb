using System.Runtime.InteropServices;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Decision.Labels;

/// <summary>A label on one event.</summary>
/// <param name="Index">Its place in <see cref="LabelCatalogue.All"/>.</param>
/// <param name="State">Whether this event proves it, or one before.</param>
/// <param name="LastSeenMilliseconds">Time of the last event that proves it, Unix milliseconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventLabel(int Index, LabelState State, long LastSeenMilliseconds);
