using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Audit;

/// <summary>One month of the log.</summary>
/// <param name="Month">First day of the month, UTC.</param>
/// <param name="Path">The file, <c>audit-2026-11.jsonl</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AuditFile(DateOnly Month, string Path)
{
    /// <summary>Its length in bytes; 0 if there is none.</summary>
    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;
}
