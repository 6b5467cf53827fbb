using System.Runtime.InteropServices;
using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Cli.Auditing;

/// <summary>Which lines of an audit log are wanted; what is null does not count.</summary>
/// <param name="ReceiptId">Of this receipt, in upper or lower case.</param>
/// <param name="Action">Of this action.</param>
/// <param name="Since">Of this time or later.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AuditFilter(string? ReceiptId, string? Action, DateTimeOffset? Since)
{
    /// <summary>True if a line is wanted.</summary>
    public bool Takes(AuditLine line) =>
        (ReceiptId is null || line.ReceiptId.Equals(ReceiptId, StringComparison.OrdinalIgnoreCase))
        && (Action is null || line.Action.Equals(Action, StringComparison.Ordinal))
        && (Since is null || line.Time >= Since);
}
