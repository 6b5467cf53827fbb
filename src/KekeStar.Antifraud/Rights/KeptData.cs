using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Rights;

/// <summary>What is kept of a value at most, by its handling.</summary>
internal static class KeptData
{
    private static readonly InventoryText Nothing = new(
        "nothing: the value ends with the request",
        "不保留：该值随请求结束而清除");

    private static readonly InventoryText Match = new(
        "nothing: during the request one bit for each kind of risk tool found, not the names",
        "不保留：请求期间仅以一个比特表示是否发现某类风险工具，不保留名称");

    private static readonly InventoryText Summary = new(
        "nothing: during the request a statistical summary, not the samples",
        "不保留：请求期间仅有统计摘要，不保留采样值");

    private static readonly InventoryText Sketch = new(
        "of the whole list a keyed sketch, as part of the pseudonym of a group of like devices; no name and no entry",
        "仅保留整个列表的带密钥摘要，作为同类设备群组假名的一部分；不保留任何名称或条目");

    private static readonly InventoryText Digest = new(
        "of a recording with enough movement keyed digests, by which the same recording is known again; not the samples",
        "仅对运动充分的录制数据保留带密钥摘要，用于识别相同的录制数据；不保留采样值");

    private static readonly InventoryText Pseudonym = new(
        "a pseudonym: keyed hash of 128 bits; the value is cleared",
        "去标识化后的假名：128 位带密钥哈希；原值即时清除");

    private static readonly InventoryText Bin = new(
        "at most a coarse class of the value, as part of the pseudonym of a group of like devices",
        "至多保留该值的粗粒度类别，作为同类设备群组假名的一部分");

    private static readonly InventoryText Value = new(
        "the value: it identifies nobody",
        "该值本身：不识别任何个人");

    private static readonly InventoryText Marker = new(
        "the decision, under the account's pseudonym",
        "该决定，存于账号假名之下");

    private static readonly InventoryText AuditLine = new(
        "the value, in a line of the audit log",
        "该值，记入审计日志的一行");

    /// <summary>What is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A handling that is not in the contract.</exception>
    public static InventoryText Of(Handling handling, RetentionClass retention) => (handling, retention) switch
    {
        (Handling.MatchAndDrop, RetentionClass.Request) => Match,
        (Handling.MatchAndDrop, _) => Sketch,
        (Handling.Summarise, RetentionClass.Request) => Summary,
        (Handling.Summarise, _) => Digest,
        (_, RetentionClass.Request) => Nothing,
        (Handling.Pseudonymise, _) => Pseudonym,
        (Handling.Bin, _) => Bin,
        (Handling.Keep, RetentionClass.ConsentMarkers) => Marker,
        (Handling.Keep, RetentionClass.AuditLog) => AuditLine,
        (Handling.Keep, _) => Value,
        _ => throw new ArgumentOutOfRangeException(nameof(handling), handling, "Not a handling of the contract."),
    };
}
