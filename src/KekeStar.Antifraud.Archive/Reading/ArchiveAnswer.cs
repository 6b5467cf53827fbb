using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>What a question to the archive brought.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="Status">How it ended.</param>
/// <param name="Value">The answer; empty unless <paramref name="Status"/> is Ok or Truncated.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ArchiveAnswer<T>(ArchiveStatus Status, T Value)
{
    /// <summary>True if there is an answer.</summary>
    public bool IsAnswered => Status is ArchiveStatus.Ok or ArchiveStatus.Truncated;
}
