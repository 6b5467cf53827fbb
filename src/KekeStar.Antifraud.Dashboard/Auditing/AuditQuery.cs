using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Dashboard.Auditing;

/// <summary>Which lines of the audit log are wanted.</summary>
/// <param name="Action">Of this action; empty: of all.</param>
/// <param name="Text">Whose caller, receipt, subject or purpose holds this text; empty: all.</param>
internal sealed record AuditQuery(string Action, string Text)
{
    /// <summary>True if a line is wanted.</summary>
    public bool Takes(AuditLine line) =>
        (Action.Length == 0 || line.Action == Action)
        && (Text.Length == 0
            || line.Caller.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || line.ReceiptId.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || line.Subject.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || line.Purpose.Contains(Text, StringComparison.OrdinalIgnoreCase));
}
