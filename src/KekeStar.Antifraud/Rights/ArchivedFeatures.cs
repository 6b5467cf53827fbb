namespace KekeStar.Antifraud.Rights;

/// <summary>
/// What the decision archive keeps of signals that otherwise end with the request: the features that a decision rests on are made of them,
/// and without these no decision could be explained, nor a changed policy be tried on it.
/// </summary>
internal static class ArchivedFeatures
{
    /// <summary>What is kept.</summary>
    public static readonly InventoryText Kept = new(
        "where decisions are archived, with the decision: the features made of it",
        "启用决策档案时，随决策保留：由其得出的特征");

    /// <summary>For how long.</summary>
    public static readonly InventoryText Lifetime = new(
        "features in the decision archive 31 days",
        "决策档案中的特征 31 天");

    /// <summary>Who may see it.</summary>
    public static readonly InventoryText SeenBy = new("the features: risk analysts", "特征：风控分析人员可见");

    // No feature is made of these: how the answer is worded, who reports, and a container of other signals.
    private static readonly string[] MakingNone = ["reason_language", "provider", "sealed_identifiers"];

    /// <summary>True if features are made of a signal that ends with the request.</summary>
    public static bool AreMadeOf(string signal, RetentionClass retention) =>
        retention == RetentionClass.Request && !MakingNone.Contains(signal, StringComparer.Ordinal);
}
