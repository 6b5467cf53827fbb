namespace KekeStar.Antifraud.Audit;

/// <summary>Proof that a line is in the log and on disk.</summary>
/// <param name="ReceiptId">The line's handle, see <see cref="Audit.ReceiptId"/>.</param>
/// <param name="Hash">The line's hash, 64 hexadecimal digits.</param>
internal sealed record AuditReceipt(string ReceiptId, string Hash);
