using System.Runtime.InteropServices;
using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>How a question ended.</summary>
/// <param name="Status">How.</param>
/// <param name="Rows">How much came back.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ArchiveQueryAnswer(ArchiveStatus Status, int Rows);
