namespace KekeStar.Antifraud.Rights;

/// <summary>
/// Every field of a request that has no privacy options, with the reason. A field that is neither here nor carries
/// options fails the tests.
/// </summary>
internal static class OtherFields
{
    private static readonly InventoryText ListEntry = new(
        "Part of a list entry; kept until the entry ends.",
        "名单条目的组成部分；保留至条目到期。");

    /// <summary>The fields, in the order of the contract.</summary>
    public static readonly IReadOnlyList<OtherField> All =
    [
        new("Consent.granted", new(
            "The ground on which optional signals are read; not kept.",
            "读取可选信号的依据；不保留。")),
        new("Consent.decided_at", new(
            "Tells a new decision from one before a withdrawal; not kept.",
            "用于区分撤回之后的新决定；不保留。")),
        new("PutListEntryRequest.entity_kind", ListEntry),
        new("PutListEntryRequest.list", ListEntry),
        new("PutListEntryRequest.expires_at", ListEntry),
        new("RemoveListEntryRequest.entity_kind", new(
            "Names the entry that ends; kept in the journal of the lists.",
            "指明需终止的条目；保留于名单日志。")),
    ];
}
