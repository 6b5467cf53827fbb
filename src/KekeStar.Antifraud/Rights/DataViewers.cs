using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Rights;

/// <summary>Who may see a value or what is kept of it. The service shows no more than this; access to the store itself is the operator's to guard.</summary>
internal static class DataViewers
{
    private static readonly InventoryText Nobody = new("nobody", "无人可见");

    private static readonly InventoryText Finding = new(
        "the value: nobody; what was found: the calling gateway, in the reasons of the reply",
        "原值：无人可见；发现的结论：调用网关可在回复的原因中看到");

    private static readonly InventoryText Pseudonym = new(
        "the value: nobody; the pseudonym: risk analysts see its first 8 hexadecimal digits",
        "原值：无人可见；假名：风控分析人员可见其前 8 位十六进制数字");

    private static readonly InventoryText RiskTeam = new("the risk team", "风控团队");

    private static readonly InventoryText Caller = new("the value: the calling gateway", "原值：仅调用网关");

    private static readonly InventoryText Officers = new("privacy officers", "个人信息保护负责人");

    private static readonly InventoryText Auditors = new("privacy officers and auditors", "个人信息保护负责人与审计人员");

    /// <summary>Who may see it.</summary>
    public static InventoryText Of(Handling handling, RetentionClass retention) => (handling, retention) switch
    {
        (Handling.MatchAndDrop or Handling.Summarise, _) => Finding,
        (Handling.Pseudonymise, RetentionClass.Request) => Nobody,
        (Handling.Pseudonymise, _) => Pseudonym,
        (_, RetentionClass.Request) => Caller,
        (_, RetentionClass.ConsentMarkers) => Officers,
        (_, RetentionClass.AuditLog) => Auditors,
        _ => RiskTeam,
    };
}
