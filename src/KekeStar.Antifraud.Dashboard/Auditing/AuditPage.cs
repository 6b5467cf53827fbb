using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Dashboard.Auditing;

/// <summary>One page of the audit log.</summary>
/// <param name="Lines">Its lines, the newest first.</param>
/// <param name="HasMore">True if there are older ones.</param>
internal sealed record AuditPage(IReadOnlyList<AuditLine> Lines, bool HasMore);
